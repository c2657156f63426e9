// A hundred lines, each made when it is asked for and a chunk of its own. Not a write of its own:
// the server sends together what is ready, here all in two writes, where others need one to a
// hundred.
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

#include "server/app/app.h"

namespace assay::workloads::stream {

using model::field;

struct Line {
  std::int64_t index = 0;
  std::int64_t value = 0;
  static constexpr auto model() {
    return std::tuple{field<"index">(&Line::index), field<"value">(&Line::value)};
  }
};

constexpr std::int64_t lines = 100;

void routes(App& app) {
  app.get("/stream",
          [] {
            return Stream{"application/x-ndjson",
                          [i = std::int64_t{0}]() mutable -> std::optional<std::string> {
                            if (i == lines) return std::nullopt;
                            const Line line{i, i * 10};
                            ++i;
                            return model::to_json(line) + "\n";
                          }};
          })
      .gives("application/x-ndjson");
}

}  // namespace assay::workloads::stream
