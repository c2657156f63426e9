# The libraries we stand on; scripts/setup installs them.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED CONFIG)  # headers only
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)

# Asio must stay thread-safe (models with threads) and header-only; nothing deprecated creeps in.
add_compile_definitions(BOOST_ASIO_NO_DEPRECATED)
