# One HTML file of page.html and what it names, its security policy, and both as a C++ source.
#
#   cmake -D FOLDER=server/docs_page -D OUTPUT=build/page -P server/docs_page/embed_page.cmake
#
# Writes page.html, content_security_policy.txt and docs_page.cpp into OUTPUT.
cmake_minimum_required(VERSION 3.25)

# CMake knows hashes as hexadecimal digits; a policy wants base64 (RFC 4648, 4).
function(base64_of_hex hex result)
  set(alphabet ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/)
  string(LENGTH "${hex}" digits)
  set(text "")
  foreach(start RANGE 0 ${digits} 6)
    string(SUBSTRING "${hex}" ${start} 6 group)
    string(LENGTH "${group}" length)
    if(length EQUAL 0)
      break()
    endif()
    string(SUBSTRING "${group}0000" 0 6 group)
    foreach(shift 18 12 6 0)
      math(EXPR index "(0x${group} >> ${shift}) & 63")
      string(SUBSTRING "${alphabet}" ${index} 1 letter)
      string(APPEND encoded "${letter}")
    endforeach()
    # Three bytes make four letters; of two bytes or one, what is left over becomes "=".
    math(EXPR letters "(${length} * 4 + 5) / 6")
    string(SUBSTRING "${encoded}" 0 ${letters} encoded)
    string(APPEND text "${encoded}")
    set(encoded "")
  endforeach()
  string(LENGTH "${text}" letters)
  math(EXPR missing "(4 - ${letters} % 4) % 4")
  string(REPEAT "=" ${missing} padding)
  set(${result} "${text}${padding}" PARENT_SCOPE)
endfunction()

# The files that `pattern` finds in the page, one after the other.
function(contents_of_named pattern result)
  string(REGEX MATCHALL "${pattern}" found "${page}")
  set(text "\n")
  foreach(tag IN LISTS found)
    string(REGEX REPLACE "${pattern}" "\\1" name "${tag}")
    file(READ ${FOLDER}/${name} content)
    if(content MATCHES "</(script|style)")
      message(FATAL_ERROR "${name}: \"${CMAKE_MATCH_0}\" would end the page's script or style")
    endif()
    string(APPEND text "${content}")
  endforeach()
  # Comments and indentation are for us; no text of ours goes over several lines.
  string(REGEX REPLACE "\n +" "\n" text "${text}")
  string(REGEX REPLACE "\n(//[^\n]*)?(\n(//[^\n]*)?)*\n" "\n" text "${text}")
  set(${result} "${text}" PARENT_SCOPE)
endfunction()

# `text` as the C++ expression of a string_view. Its bytes, since compilers limit string literals.
function(array_of text name result)
  file(WRITE ${OUTPUT}/array.txt "${text}")
  file(READ ${OUTPUT}/array.txt hex HEX)
  file(REMOVE ${OUTPUT}/array.txt)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  string(REPLACE "'\\x0a'," "'\\n',\n" bytes "${bytes}")  # lines of the page, lines here
  set(${result} "constexpr char ${name}[] = {\n${bytes}};\n" PARENT_SCOPE)
endfunction()

function(policy_source text result)
  string(SHA256 hash "${text}")
  base64_of_hex("${hash}" encoded)
  set(${result} "'sha256-${encoded}'" PARENT_SCOPE)
endfunction()

set(style_tag "<link rel=\"stylesheet\" href=\"([a-z_]+\\.css)\">\n")
set(script_tag "<script src=\"([a-z_]+\\.js)\"></script>\n")
file(READ ${FOLDER}/page.html page)
contents_of_named("${style_tag}" style)
contents_of_named("${script_tag}" script)
string(REGEX REPLACE "(${style_tag})+" "@STYLE@\n" page "${page}")
string(REGEX REPLACE "(${script_tag})+" "@SCRIPT@\n" page "${page}")
string(REPLACE "@STYLE@" "<style>${style}</style>" page "${page}")
# A module: strict, run once the page is read, and no name of ours is global.
string(REPLACE "@SCRIPT@" "<script type=\"module\">${script}</script>" page "${page}")

policy_source("${style}" style_source)
policy_source("${script}" script_source)
string(JOIN "; " policy "default-src 'none'" "script-src ${script_source}"
       "style-src ${style_source}" "connect-src 'self'" "img-src data:" "base-uri 'none'"
       "form-action 'none'" "frame-ancestors 'none'")

array_of("${page}" page page_array)
array_of("${policy}" policy policy_array)
file(WRITE ${OUTPUT}/page.html "${page}")
file(WRITE ${OUTPUT}/content_security_policy.txt "${policy}")
file(WRITE ${OUTPUT}/docs_page.cpp
"// Made by server/docs_page/embed_page.cmake.
#include \"server/docs_page/docs_page.h\"

namespace assay {
namespace {

${page_array}
${policy_array}
}  // namespace

const DocsPage& docs_page() {
  static constexpr DocsPage made{{page, sizeof page}, {policy, sizeof policy}};
  return made;
}

}  // namespace assay
")
