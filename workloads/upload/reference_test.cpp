#include <string>

#include <gtest/gtest.h>

#include "workloads/reference_server.h"

namespace assay::workloads {
namespace {

// By Python: zlib.crc32(b"assay" * 600_000). Beyond 1 MiB a file lies on disk, and is read in
// parts.
TEST(UploadWorkload, SumsAFileThatIsReadInSeveralPieces) {
  std::string content;
  for (int i = 0; i < 600'000; ++i) content += "assay";
  forms::FormWriter form;
  form.add_field("title", "A file").add_file("file", "long.txt", content);
  ReferenceServer server;
  Client client(server.app());
  EXPECT_EQ(brief(client.post("/upload", form)),
            R"(200 {"title":"A file","filename":"long.txt","bytes":3000000,"crc32":1775063415})");
}

}  // namespace
}  // namespace assay::workloads
