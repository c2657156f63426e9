#include "server/model/json_writer.h"

namespace assay::model {

char* JsonWriter::write_long(char* at, std::string_view text) {
  *at++ = '"';
  return write_rest(at, text);
}

char* JsonWriter::write_rest(char* at, std::string_view text) {
  at = emptied(at);
  append_escaped(out_, text);
  *at++ = '"';
  return at;
}

}  // namespace assay::model
