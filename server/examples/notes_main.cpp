// assay-notes: the notes of the examples as a server; takes assay-server's options.
#include "server/examples/notes.h"
#include "server/program/storage_program.h"

int main(int argc, char** argv) {
  return assay::run_app_with_storage(argc, argv, assay::notes::add_routes);
}
