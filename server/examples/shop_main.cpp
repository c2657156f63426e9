// assay-shop: the shop of the examples as a server; takes assay-server's options.
#include "server/examples/shop.h"
#include "server/program/app_program.h"

int main(int argc, char** argv) { return assay::run_app(argc, argv, assay::shop::add_routes); }
