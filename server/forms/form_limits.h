// What the body of one form may cost. Plain data; read by every thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

namespace assay::forms {

struct FormLimits {
  std::size_t fields = 1000;                     // that are text
  std::size_t field_bytes = 1024 * 1024;         // of their names and values, decoded, together
  std::size_t files = 100;                       //
  std::uint64_t file_bytes = 32 * 1024 * 1024;   // of one
  std::uint64_t total_bytes = 64 * 1024 * 1024;  // of the body, as sent
  std::size_t part_head_bytes = 4096;            // of one part, with its line ends
  std::size_t part_head_fields = 16;             //
  std::size_t margin_bytes = 1024;               // before the first boundary; after the last
  std::size_t memory_bytes = 1024 * 1024;        // of all files together; what is more is spooled
  std::string spool_directory;                   // empty: $TMPDIR, or /tmp
};

}  // namespace assay::forms
