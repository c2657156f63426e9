#include "server/app/given_services.h"

#include <algorithm>
#include <utility>

namespace assay {

void GivenServices::give(const void* key, std::shared_ptr<void> service) {
  const auto is_it = [key](const Given& given) { return given.key == key; };
  const auto known = std::find_if(given_.begin(), given_.end(), is_it);
  if (known == given_.end()) {
    given_.push_back({key, service.get()});
  } else {
    known->service = service.get();
  }
  kept_.push_back(std::move(service));
}

}  // namespace assay
