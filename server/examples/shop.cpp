#include "server/examples/shop.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <string>
#include <utility>

#include "server/examples/shop_models.h"

namespace assay::shop {
namespace {

// The items, in memory.
class Shelf {
 public:
  Item add(NewItem what) {
    const std::lock_guard lock(mutex_);
    const std::int64_t id = ++last_id_;
    return items_[id] = Item{id, std::move(what)};
  }
  std::optional<Item> find(std::int64_t id) {
    const std::lock_guard lock(mutex_);
    const auto item = items_.find(id);
    return item == items_.end() ? std::nullopt : std::optional(item->second);
  }
  std::optional<Item> replace(std::int64_t id, NewItem what) {
    const std::lock_guard lock(mutex_);
    const auto item = items_.find(id);
    if (item == items_.end()) return std::nullopt;
    item->second.what = std::move(what);
    return item->second;
  }
  bool remove(std::int64_t id) {
    const std::lock_guard lock(mutex_);
    return items_.erase(id) == 1;
  }
  std::vector<Item> page(const Page& page) {
    const std::lock_guard lock(mutex_);
    std::vector<Item> chosen;
    std::int64_t skipped = 0;
    for (const auto& [id, item] : items_) {
      if (page.color && item.what.color != *page.color) continue;
      if (skipped++ < page.offset) continue;
      if (static_cast<std::int64_t>(chosen.size()) == page.limit) break;
      chosen.push_back(item);
    }
    return chosen;
  }

 private:
  std::mutex mutex_;  // guards items_, last_id_
  std::map<std::int64_t, Item> items_;
  std::int64_t last_id_ = 0;
};

std::unique_ptr<Shelf> shelf() { return std::make_unique<Shelf>(); }

struct User {
  std::string name;
};

User current_user(Header<"X-User", std::string, min_length(1), max_length(40)> name) {
  return {*name};
}

Async<std::string> greeting(Depends<current_user> user) {
  co_await sleep_for(std::chrono::milliseconds(1));
  co_return "hello, " + user->name;
}

void add_items(Routes routes) {
  routes.get("", [](Shared<shelf> shelf, QueryModel<Page> page) { return (*shelf)->page(*page); })
      .summary("Some of the items");
  routes
      .post("",
            [](Shared<shelf> shelf, Depends<current_user>,
               Query<"dry_run", bool, default_value(false)> dry_run,
               Body<NewItem> item) -> Created<Item> {
              if (*dry_run) return {Item{1, std::move(*item)}};
              const Item made = (*shelf)->add(std::move(*item));
              return {made, "/items/" + std::to_string(made.id)};
            })
      .summary("A new item");
  routes.get("/{id:int}", [](Shared<shelf> shelf, Path<"id", std::int64_t, at_least(1)> id) {
    return (*shelf)->find(*id);
  });
  routes.put("/{id:int}", [](Shared<shelf> shelf, Path<"id", std::int64_t, at_least(1)> id,
                             Body<NewItem> item) { return (*shelf)->replace(*id, *item); });
  routes
      .del("/{id:int}",
           [](Shared<shelf> shelf, Path<"id", std::int64_t, at_least(1)> id) {
             if (!(*shelf)->remove(*id)) throw not_found("there is no such item");
           })
      .answers(404, "there is no such item");
}

void add_orders(Routes routes) {
  routes.post("", [](Body<Order> order, Context& context) {
    context.after_reply([] { /* a mail would be sent here */ });
    return Accepted{
        Receipt{order->customer.text(), static_cast<std::int64_t>(order->items.size())}};
  });
  routes.get("/{customer:uuid}/{day:date}",
             [](Path<"customer", model::Uuid> customer, Path<"day", model::Date> day) {
               return std::vector<std::string>{customer->text(), day->text()};
             });
  routes.post("/prices", [](Body<std::vector<double>> prices) {
    double highest = 0;
    for (const double price : *prices) highest = std::max(highest, price);
    return std::map<std::string, double>{{"highest", highest}};
  });
}

void add_accounts(Routes routes) {
  routes
      .post("/login",
            [](Form<Login> login, Context& context) {
              context.add_cookie({.name = "session",
                                  .value = std::to_string(login->user.size()),
                                  .http_only = true});
            })
      .summary("Sets the session's cookie");
  routes.get("/me", [](Cookie<"session", std::int64_t> session) { return *session; });
  routes.get("/taste", [](HeaderModel<Tracing> tracing, CookieModel<Taste> taste) {
    return std::map<std::string, bool>{{"deep", tracing->depth.value_or(0) > 0},
                                       {"dark", taste->dark.value_or(false)}};
  });
  routes.post("/logout", [](Body<std::optional<Receipt>>) { return NoContent(); });
  routes.get("/greeting", [](Depends<greeting> hello) { return *hello; });
}

void add_photos(Routes routes) {
  routes.post("", [](Form<NewPhoto> photo) -> Created<Photo> {
    std::uint64_t bytes = photo->picture.size();
    for (const Upload& upload : photo->more) bytes += upload.size();
    return {Photo{photo->title, bytes}};
  });
}

void add_plain(Routes routes) {
  routes.get("/text", [] { return "plain text"; });
  routes.get("/bytes", [] { return Bytes{std::string("\x89PNG", 4), "image/png"}; })
      .gives("image/png");
  routes.get("/ready", [] { return Content{"application/json", R"({"ready":true})"}; })
      .gives("application/json");
  routes.get("/page", [] { return Html{"<!doctype html><title>shop</title>"}; });
  routes.get("/old", [] { return Redirect{"/plain/text"}; });
  routes
      .get("/teapot",
           [](const Request& request) {
             return Response{200, "text/tea", std::string(request.path), {{"X-Pot", "tea"}}};
           })
      .gives("text/tea");
  routes
      .get("/lines",
           [](Query<"count", int, default_value(3), at_least(0), at_most(1000)> count) {
             return Stream{"application/x-ndjson",
                           [n = 0, count = *count]() mutable -> std::optional<std::string> {
                             if (n == count) return std::nullopt;
                             return "{\"n\":" + std::to_string(n++) + "}\n";
                           }};
           })
      .gives("application/x-ndjson");
  routes.get("/file", [] { return File{"README.md"}; });
  routes.get(
      "/slow",
      [](Query<"ms", int, default_value(1), at_least(0), at_most(50)> ms) -> Async<std::string> {
        co_await sleep_for(std::chrono::milliseconds(*ms));
        co_return co_await in_background([] { return std::string("done"); });
      });
  routes.get("/{kind}/{rest:path}",
             [](Path<"kind"> kind, Path<"rest"> rest) { return *kind + " " + *rest; });
}

}  // namespace

void add_routes(App& app) {
  add_items(app.group("/items", "items"));
  add_orders(app.group("/orders", "orders"));
  add_accounts(app.group("/account", "account"));
  add_photos(app.group("/photos", "photos"));
  add_plain(app.group("/plain", "plain"));
  app.describe({"Shop", "1.0", "Uses every kind of argument and result."});
}

}  // namespace assay::shop
