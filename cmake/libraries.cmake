# The libraries we stand on; scripts/setup installs them.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED CONFIG)  # headers only
if(APPLE)  # where Homebrew keeps them apart from the system's LibreSSL and SQLite
  list(APPEND CMAKE_PREFIX_PATH /opt/homebrew/opt/openssl@3 /usr/local/opt/openssl@3
       /opt/homebrew/opt/sqlite /usr/local/opt/sqlite)
endif()
find_package(OpenSSL 3.0 REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(SQLite3 3.37 REQUIRED)
find_package(re2 CONFIG QUIET)
if(NOT TARGET re2::re2)  # Debian's package before trixie has no CMake file
  find_library(RE2_LIBRARY re2 REQUIRED)
  find_path(RE2_INCLUDE re2/re2.h REQUIRED)
  add_library(re2::re2 UNKNOWN IMPORTED)
  set_target_properties(re2::re2 PROPERTIES IMPORTED_LOCATION ${RE2_LIBRARY}
                        INTERFACE_INCLUDE_DIRECTORIES ${RE2_INCLUDE})
endif()

# Of Asio only what Beast's headers bring; nothing deprecated creeps in.
add_compile_definitions(BOOST_ASIO_NO_DEPRECATED)
