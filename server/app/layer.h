// What wraps the handlers of an application or of a group of routes: logs, limits, signs.
//
// `before` runs in the order of `use`, and may answer (`context.reply().send(...)`, or throw
// HttpError): then what is inside does not run. `after` runs in the reverse order for every layer
// whose `before` was called, whatever happened, and may change the reply. What a request needs
// between the two it keeps in the context. Called by many threads at once.
#pragma once

namespace assay {

class Context;

class Layer {
 public:
  virtual ~Layer() = default;
  virtual void before(Context& /*context*/) {}
  virtual void after(Context& /*context*/) {}
};

}  // namespace assay
