// What a request is answered that the database kept from its work.
//
// 503 where nothing but the database is at fault, with Retry-After where it will soon be over; what
// an operator has to mend is told as "error: ...", but of each kind only now and then. 400 for a
// key that is none; what is wrong with a statement stays a bug. No peer is shown a path or SQL.
#pragma once
#include <chrono>

#include "server/app/app.h"

namespace assay {

// Of one kind no more than one in `quiet` is told.
void answer_storage_errors(App& app, std::chrono::seconds quiet = std::chrono::seconds(10));

}  // namespace assay
