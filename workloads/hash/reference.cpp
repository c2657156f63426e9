// The first bytes of a buffer, hashed by C code as Python's hashlib has it.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>

#include "server/app/app.h"
#include "workloads/hash/sha256.h"

namespace assay::workloads::hash {

using model::field;

struct Digest {
  std::int64_t bytes = 0;
  std::string sha256;
  static constexpr auto model() {
    return std::tuple{field<"bytes">(&Digest::bytes), field<"sha256">(&Digest::sha256)};
  }
};

constexpr std::int64_t most_bytes = 1024 * 1024;

struct Hashing {
  Sha256 algorithm;
  std::string buffer;
};

std::unique_ptr<Hashing> hashing() {
  auto made = std::make_unique<Hashing>();
  made->buffer.reserve(most_bytes);
  for (std::int64_t i = 0; i < most_bytes; ++i) made->buffer += static_cast<char>(i % 251);
  return made;
}

void routes(App& app) {
  app.get("/hash/{bytes:int}",
          [](Shared<hashing> hashing,
             Path<"bytes", std::int64_t, model::at_least(0), model::at_most(most_bytes)> n) {
            const std::string_view buffer = (*hashing)->buffer;
            return Digest{
                *n, (*hashing)->algorithm.hex(buffer.substr(0, static_cast<std::size_t>(*n)))};
          });
}

}  // namespace assay::workloads::hash
