// Where routes are added: an application, or a group of it with a prefix and layers of its own.
//
//   app.get("/items/{id:int}", find_item).summary("One item").answers(404, "no such item");
//   Routes admin = app.group("/admin");
//   admin.use(RequireUser{});
//   admin.post("/users", add_user).status(201);
//
// Used before serving starts, by one thread. A pattern that is none, a route that answers what
// another does, and a Path argument that the pattern does not have are errors of the program, said
// at once.
#pragma once
#include <atomic>
#include <deque>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/app/endpoint.h"
#include "server/routing/route_tree.h"

namespace assay {

// The routes of one application, groups included.
struct RouteBook {
  routing::RouteTree tree;
  std::deque<Endpoint> endpoints;  // as the tree counts them
  model::Schemas schemas;
  std::atomic<bool> is_sealed = false;  // serving has begun: only read from then on
};

// What else can be said of a route just added.
class Route {
 public:
  explicit Route(Endpoint& endpoint) : endpoint_(endpoint) {}

  Route& summary(std::string text);
  Route& description(std::string text);
  Route& id(std::string text);  // the operationId
  Route& tag(std::string name);
  Route& status(int status);       // of a value that says none itself
  Route& gives(std::string type);  // the media type of what a Response, Stream, File or Bytes holds
  // An error, or with a type what else a Response may be.
  Route& answers(int status, std::string description, std::string type = {});
  Route& deprecated();
  Route& hidden();  // not in the API's description

 private:
  ResponseDescription& success();

  Endpoint& endpoint_;
};

// The layers of one group, inside those of the group that it is part of.
struct GroupLayers {
  std::shared_ptr<const GroupLayers> outer;
  std::vector<std::shared_ptr<Layer>> own;

  std::vector<std::shared_ptr<Layer>> all() const {
    std::vector<std::shared_ptr<Layer>> layers;
    if (outer) layers = outer->all();
    layers.insert(layers.end(), own.begin(), own.end());
    return layers;
  }
};

class Routes {
 public:
  Routes(RouteBook& book, std::string prefix, std::shared_ptr<const GroupLayers> outer)
      : book_(book), prefix_(std::move(prefix)) {
    layers_->outer = std::move(outer);
  }

  template <class Handler>
  Route get(std::string_view pattern, Handler handler) {
    return add("GET", pattern, std::move(handler));
  }
  template <class Handler>
  Route post(std::string_view pattern, Handler handler) {
    return add("POST", pattern, std::move(handler));
  }
  template <class Handler>
  Route put(std::string_view pattern, Handler handler) {
    return add("PUT", pattern, std::move(handler));
  }
  template <class Handler>
  Route patch(std::string_view pattern, Handler handler) {
    return add("PATCH", pattern, std::move(handler));
  }
  template <class Handler>
  Route del(std::string_view pattern, Handler handler) {
    return add("DELETE", pattern, std::move(handler));
  }
  template <class Handler>
  Route head(std::string_view pattern, Handler handler) {
    return add("HEAD", pattern, std::move(handler));
  }
  template <class Handler>
  Route options(std::string_view pattern, Handler handler) {
    return add("OPTIONS", pattern, std::move(handler));
  }
  template <class Handler>
  Route add(std::string_view method, std::string_view pattern, Handler handler) {
    return add_endpoint(method, pattern, make_endpoint(std::move(handler), book_.schemas));
  }

  // Its layers run inside those of what it is a group of. `tag` is given to its routes.
  Routes group(std::string_view prefix, std::string tag = {}) const;
  // For the routes added after it, to this group or to one inside it.
  template <class L>
  void use(L layer) {
    layers_->own.push_back(std::make_shared<L>(std::move(layer)));
  }
  void use(std::shared_ptr<Layer> layer) { layers_->own.push_back(std::move(layer)); }

 private:
  Route add_endpoint(std::string_view method, std::string_view pattern, Endpoint endpoint);

  RouteBook& book_;
  std::string prefix_;
  std::shared_ptr<GroupLayers> layers_ = std::make_shared<GroupLayers>();
  std::string tag_;
};

}  // namespace assay
