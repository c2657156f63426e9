// Serves a handler as the settings say until the process is told to end, and says when it is ready.
//
// For a main function: blocks SIGTERM and SIGINT, and waits for them. The first ends the server
// when what it is answering is answered, a second one at once.
#pragma once
#include <functional>
#include <string>

#include "server/runtime/listener.h"
#include "server/runtime/settings.h"
#include "server/wire/connection.h"

namespace assay {

// On standard error. What cannot be said within a moment is let go: one that is closed, full or not
// read must neither end a server nor keep it from its end.
void say(const std::string& text);

// "listening on http://127.0.0.1:8080"
void say_ready(const runtime::Listeners& listeners);

// The exit status: 0, or 1 when it could not start or was ended at once; it has said why.
int serve(const runtime::Settings& settings, wire::Handler& handler,
          const std::function<void(const runtime::Listeners&)>& when_ready = say_ready);

}  // namespace assay
