#include "server/model/second_opinion.h"

#include <boost/json/src.hpp>

namespace assay::model {

Opinion second_opinion(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = 1000;
  boost::json::error_code error;
  boost::json::parse({text.data(), text.size()}, error, {}, options);
  if (error == boost::json::error::exponent_overflow) return Opinion::undecided;
  return error ? Opinion::no_json : Opinion::json;
}

}  // namespace assay::model
