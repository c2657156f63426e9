// A form with a file, every byte of which is looked at.
#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "server/app/app.h"

namespace assay::workloads::upload {

using model::field;

struct NewFile {
  std::string title;
  Upload file;
  static constexpr auto model() {
    return std::tuple{field<"title">(&NewFile::title), field<"file">(&NewFile::file)};
  }
};

struct Receipt {
  std::string title;
  std::string filename;
  std::uint64_t bytes = 0;
  std::uint32_t crc32 = 0;
  static constexpr auto model() {
    return std::tuple{field<"title">(&Receipt::title), field<"filename">(&Receipt::filename),
                      field<"bytes">(&Receipt::bytes), field<"crc32">(&Receipt::crc32)};
  }
};

std::uint32_t crc32_of(const Upload& file) {
  uLong sum = 0;
  file.for_each_piece([&sum](std::string_view piece) {
    sum = crc32_z(sum, reinterpret_cast<const Bytef*>(piece.data()), piece.size());
  });
  return static_cast<std::uint32_t>(sum);
}

void routes(App& app) {
  app.post("/upload", [](Form<NewFile> form) {
    return Receipt{form->title, form->file.filename(), form->file.size(), crc32_of(form->file)};
  });
}

}  // namespace assay::workloads::upload
