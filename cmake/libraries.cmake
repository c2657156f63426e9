# The libraries we stand on; scripts/setup installs them.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED CONFIG)  # headers only
if(APPLE)  # where Homebrew keeps it apart from the system's LibreSSL
  list(APPEND CMAKE_PREFIX_PATH /opt/homebrew/opt/openssl@3 /usr/local/opt/openssl@3)
endif()
find_package(OpenSSL 3.0 REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)

# Asio must stay thread-safe (models with threads) and header-only; nothing deprecated creeps in.
add_compile_definitions(BOOST_ASIO_NO_DEPRECATED)
