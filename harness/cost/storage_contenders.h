// The servers that storage_cost compares: one program each time, told or asked differently. Each
// has a database of its own in `folder`. Values; any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "harness/cost/contender.h"
#include "harness/cost/storage_options.h"

namespace assay::cost {

inline constexpr std::string_view plain_reply = "plain";
inline constexpr std::string_view get_by_key = "get";
inline constexpr std::string_view group_commit = "group commit";
inline constexpr std::string_view one_by_one = "one by one";
inline constexpr std::size_t writing_clients = 64;

// A typed reply, and the same one out of the store: the same document, by the same kind of route.
std::vector<Contender> readers(const StorageOptions& options, const std::filesystem::path& folder);

// "loop per-thread" and so on: each model with each policy, per-thread first.
std::vector<Contender> policies(const StorageOptions& options, const std::filesystem::path& folder);

// Durable writes, each connection to its own key.
std::vector<Contender> writers(const StorageOptions& options, const std::filesystem::path& folder);

// What writes one note: asked for each key before anything is measured.
Question one_write(std::size_t keys);

}  // namespace assay::cost
