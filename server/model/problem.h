// What is wrong with a value that somebody gave, and where: `from_json` and `read_text` report it.
//
// Kinds and sentences are pydantic's where it has them, so that a client of FastAPI reads the same.
// Every text stands here and in problem.cpp; a Problem is made only when something is wrong.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace assay::model {

using Step = std::variant<std::string, std::size_t>;  // a member's name, or an index

struct Problem {
  std::string kind;            // "missing", "int_type", "greater_than_equal", "json_invalid", ...
  std::vector<Step> location;  // {"items", 2, "price"}
  std::string message;         // "Input should be greater than or equal to 0"
  std::string input;           // JSON of what was given, cut where it is long; "" where nothing was
  std::string context;         // JSON object of the rule: {"ge":0}; "" where there is none
};

std::string text(const std::vector<Step>& location);  // "items[2].price"
std::string text(const Problem& problem);             // "items[2].price: Field required"

// A problem whose texts depend on nothing.
struct FixedProblem {
  std::string_view kind;
  std::string_view message;
};
inline constexpr FixedProblem no_integer{"int_type", "Input should be a valid integer"};
inline constexpr FixedProblem fraction_for_integer{
    "int_from_float", "Input should be a valid integer, got a number with a fractional part"};
inline constexpr FixedProblem no_number{"float_type", "Input should be a valid number"};
inline constexpr FixedProblem not_finite{"finite_number", "Input should be a finite number"};
inline constexpr FixedProblem no_string{"string_type", "Input should be a valid string"};
inline constexpr FixedProblem not_unicode{
    "string_unicode",
    "Input should be a valid string, unable to parse raw data as a unicode string"};
inline constexpr FixedProblem no_bool{"bool_type", "Input should be a valid boolean"};
inline constexpr FixedProblem no_list{"list_type", "Input should be a valid list"};
inline constexpr FixedProblem no_map{"dict_type", "Input should be a valid dictionary"};
inline constexpr FixedProblem no_model{
    "model_attributes_type", "Input should be a valid dictionary or object to extract fields from"};
inline constexpr FixedProblem missing{"missing", "Field required"};
inline constexpr FixedProblem extra{"extra_forbidden", "Extra inputs are not permitted"};
inline constexpr FixedProblem given_twice{"duplicate_key", "Key should be given once"};
inline constexpr FixedProblem and_more{"too_many_problems", "There are more problems"};
inline constexpr FixedProblem no_date{"date_type", "Input should be a valid date"};
inline constexpr FixedProblem no_datetime{"datetime_type", "Input should be a valid datetime"};
inline constexpr FixedProblem no_timezone{"timezone_aware", "Input should have timezone info"};
inline constexpr FixedProblem no_uuid{"uuid_type", "UUID input should be a string"};
inline constexpr FixedProblem unparsed_integer{
    "int_parsing", "Input should be a valid integer, unable to parse string as an integer"};
inline constexpr FixedProblem unparsed_number{
    "float_parsing", "Input should be a valid number, unable to parse string as a number"};
inline constexpr FixedProblem unparsed_bool{
    "bool_parsing", "Input should be a valid boolean, unable to interpret input"};

Problem problem_of(const FixedProblem& fixed);

// A bound or step of a number: kind "greater_than_equal", word "ge", bound "0" as JSON.
Problem bound_problem(std::string_view kind, std::string_view words, std::string_view word,
                      std::string_view bound);
Problem too_few_characters(std::size_t least);
Problem too_many_characters(std::size_t most);
Problem too_few_items(std::string_view container, std::size_t least, std::size_t given);
Problem too_many_items(std::string_view container, std::size_t most, std::size_t given);
Problem pattern_mismatch(std::string_view pattern);
// `choices` as they are shown: "'red'", "3".
Problem not_one_of(std::string_view kind, std::span<const std::string> choices);
Problem failed_check(std::string_view message);
Problem tag_missing(std::string_view key);
Problem tag_unknown(std::string_view key, std::string_view tag, std::span<const std::string> tags);
// kind "date_parsing", what "date in the format YYYY-MM-DD", why "month value is outside ..."
Problem unparsed(std::string_view kind, std::string_view what, std::string_view why);
Problem bad_json(std::string_view why, std::size_t line, std::size_t column);

// JSON of `given`, which is JSON: itself, or where it is long the start of it as a string.
std::string shown_input(std::string_view given);

}  // namespace assay::model
