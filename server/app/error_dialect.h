// How errors are written: as FastAPI does, as RFC 9457 has it (and Spikard), or as Barq did.
// Pure; any thread.
//
//   fastapi  {"detail":"Not Found"}; 422: {"detail":[{"type","loc","msg","input","ctx"}, ...]}
//   problem  {"type","title","status","detail"[,"errors"]}, application/problem+json; JSON that is
//            none is 400
//   barq     as FastAPI, but a location begins at the value itself: ["price"], not ["body","price"]
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "server/app/reply.h"
#include "server/model/problem.h"

namespace assay {

enum class ErrorDialect : std::uint8_t { fastapi, problem, barq };

// `id` is what the log knows a bug by, or empty.
void write_error(Reply& reply, ErrorDialect dialect, int status, std::string_view detail,
                 std::string_view id = {});

// The first step of each location says where the value stood: body, query, path, header, cookie.
void write_invalid(Reply& reply, ErrorDialect dialect, const std::vector<model::Problem>& problems);

}  // namespace assay
