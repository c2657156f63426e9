# The first C++ example of README.md becomes a program, so that it stays true: assay-readme-example.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/README.md)
file(READ ${CMAKE_SOURCE_DIR}/README.md readme)
string(FIND "${readme}" "```cpp\n" start)
math(EXPR start "${start} + 7")
string(SUBSTRING "${readme}" ${start} -1 example)
string(FIND "${example}" "```" end)
string(SUBSTRING "${example}" 0 ${end} example)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/readme_example.cpp CONTENT "${example}" @ONLY)
add_executable(assay-readme-example ${CMAKE_BINARY_DIR}/generated/readme_example.cpp)
target_link_libraries(assay-readme-example PRIVATE assay_serving assay_app)
set_target_properties(assay-readme-example PROPERTIES
                      RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/examples)
