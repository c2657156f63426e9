#include "server/model/json_members.h"

#include "server/model/utf8.h"

namespace assay::model {
namespace {

constexpr std::size_t longest_tag = 64;  // shown back to whoever sent it

// Its index, or their number. Members often come in some order of their own: the next is tried
// first.
std::size_t index_of(std::span<const Member> members, std::string_view name, std::size_t next) {
  if (next < members.size() && members[next].name == name) return next;
  std::size_t index = 0;
  while (index < members.size() && members[index].name != name) ++index;
  return index;
}

const char* read_unknown(JsonReader& reader, const char* at, bool refused) {
  return refused ? reader.wrong_value(at, extra) : reader.skip_value(at);
}

const char* read_known(JsonReader& reader, const char* at, void* owner, const Member& member,
                       bool seen_before) {
  const char* const behind = member.read(reader, at, owner);
  if (behind != nullptr && seen_before) reader.report(at, behind, problem_of(given_twice));
  return behind;
}

}  // namespace

const char* read_other_members(JsonReader& reader, const char* at, void* owner,
                               const MemberTable& table, std::uint64_t& seen) {
  std::string decoded;
  std::size_t index = 0;
  while (at != nullptr && *at != '}') {
    std::string_view name;
    at = reader.read_key(at, name, decoded);
    if (at == nullptr) return nullptr;
    index = index_of(table.members, name, index);
    if (index == table.members.size()) {
      at = read_unknown(reader, at, table.refuse_unknown);
    } else {
      const std::uint64_t bit = std::uint64_t{1} << index;
      at = read_known(reader, at, owner, table.members[index], (seen & bit) != 0);
      seen |= bit;
      ++index;
    }
    at = reader.to_next(at, '}');
  }
  return at;
}

void report_missing_members(JsonReader& reader, const char* object, const char* behind,
                            const MemberTable& table, std::uint64_t seen) {
  for (const Member& member : table.members) {
    if (member.required && (seen & 1U) == 0) reader.report_missing(object, behind, member.name);
    seen >>= 1U;
  }
}

const char* find_tag(JsonReader& reader, const char* object, std::string_view key,
                     TagSearch& search) {
  const char* at = reader.enter(object);
  std::string decoded;
  while (at != nullptr && *at != '}' && !search.found) {
    std::string_view name;
    at = reader.read_key(at, name, decoded);
    if (at == nullptr) return nullptr;
    search.found = name == key && *at == '"';
    at = search.found ? reader.read_text(at, search.tag, search.decoded) : reader.skip_value(at);
    at = reader.to_next(at, '}');
  }
  return reader.leave(at);
}

const char* refuse_tag(JsonReader& reader, const char* object, std::string_view key,
                       const TagSearch& search, std::span<const std::string> tags) {
  const char* const behind = reader.skip_value(object);
  if (behind == nullptr) return nullptr;
  const std::string_view tag = search.tag.substr(0, utf8_cut(search.tag, longest_tag));
  reader.report(object, behind, search.found ? tag_unknown(key, tag, tags) : tag_missing(key));
  return behind;
}

const char* expect_tag(JsonReader& reader, const char* at, std::string_view tag) {
  std::string decoded;
  std::string_view given;
  if (*at != '"') return reader.wrong_value(at, no_string);
  const char* const behind = reader.read_text(at, given, decoded);
  if (behind != nullptr && given != tag) {
    const std::string choice = "'" + std::string(tag) + "'";
    reader.report(at, behind, not_one_of("literal_error", {&choice, 1}));
  }
  return behind;
}

}  // namespace assay::model
