# What a folder's CMakeLists.txt says in one line: its tests, its micro-benchmarks, its fuzz targets.
include(GoogleTest)

# assay_test(LIBRARY a_test.cpp ...): one program of all the folder's tests, run by ctest.
function(assay_test library)
  assay_test_program(${library}_test ${library} OFF ${ARGN})
endfunction()

# assay_test_alone(LIBRARY a_test.cpp ...): likewise, of tests beside which nothing else may run.
function(assay_test_alone library)
  assay_test_program(${library}_alone_test ${library} ON ${ARGN})
endfunction()

function(assay_test_program program library is_alone)
  add_executable(${program} ${ARGN})
  target_link_libraries(${program} PRIVATE ${library} GTest::gtest_main)
  set_target_properties(${program} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  gtest_discover_tests(${program} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR} DISCOVERY_MODE PRE_TEST
                       PROPERTIES TIMEOUT 120 RUN_SERIAL ${is_alone}
                       ENVIRONMENT ASAN_OPTIONS=detect_stack_use_after_return=1
                       ENVIRONMENT_MODIFICATION
                       TSAN_OPTIONS=set:suppressions=${CMAKE_SOURCE_DIR}/cmake/tsan.supp)
endfunction()

# assay_bench(LIBRARY a_bench.cpp ...): one program of all the folder's micro-benchmarks.
function(assay_bench library)
  set(program ${library}_bench)
  add_executable(${program} ${ARGN})
  target_link_libraries(${program} PRIVATE ${library} benchmark::benchmark_main)
  set_target_properties(${program} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/benches)
endfunction()

add_custom_target(fuzzers)  # all of them, and nothing else

# assay_fuzz(LIBRARY a_fuzz.cpp ...): a libFuzzer program per file; only in the fuzz preset.
function(assay_fuzz library)
  if(NOT ASSAY_FUZZ)
    return()
  endif()
  foreach(source ${ARGN})
    cmake_path(GET source STEM program)
    add_executable(${program} ${source})
    target_link_libraries(${program} PRIVATE ${library} -fsanitize=fuzzer)
    add_dependencies(fuzzers ${program})
  endforeach()
endfunction()
