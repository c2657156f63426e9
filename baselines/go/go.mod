module assay.example/go

go 1.22
