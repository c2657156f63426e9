// assay-server: the reference server, with every workload of this checkout.
#include "server/program/storage_program.h"
#include "workloads/routes.h"

int main(int argc, char** argv) {
  return assay::run_app_with_storage(argc, argv, assay::workloads::add_routes);
}
