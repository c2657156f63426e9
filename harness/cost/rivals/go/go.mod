module assay.example/rival

go 1.19
