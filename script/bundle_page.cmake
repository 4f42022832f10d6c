# Bundles the page of `waystone report` and writes it as a C++ file:
# cmake -DESBUILD=PROGRAM -DMODULES=FOLDER -DPAGE=FOLDER -DOUT=FILE -P script/bundle_page.cmake
# MODULES is where d3's modules lie (/usr/share/nodejs on Debian). Texts come out in ASCII, so no encoding can spoil them.
get_filename_component(work "${OUT}" DIRECTORY)
set(made ${work}/page)

function(bundle entry result)
  execute_process(
    COMMAND ${CMAKE_COMMAND} -E env NODE_PATH=${MODULES}
            ${ESBUILD} ${PAGE}/${entry} --bundle --minify --charset=ascii --legal-comments=none --log-level=warning
            --outfile=${made}/${result} ${ARGN}
    RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "esbuild could not bundle ${PAGE}/${entry}; what it said stands above.")
  endif()
endfunction()

bundle(main.js page.js --format=iife --target=es2020)
bundle(styles/page.css page.css --target=chrome100,firefox100,safari15)

file(READ ${made}/page.js script)
file(READ ${made}/page.css style)
file(READ ${PAGE}/page.html markup)
# What would end the element that the text stands in, or the raw string that it is compiled from.
foreach(word IN ITEMS "</script" "<!--" ")page\"")
  string(FIND "${script}" "${word}" at)
  if(NOT at EQUAL -1)
    message(FATAL_ERROR "The page's script holds ${word}, which would end it early.")
  endif()
endforeach()
string(FIND "${style}" "</style" at)
if(NOT at EQUAL -1)
  message(FATAL_ERROR "The page's style holds </style, which would end it early.")
endif()

set(text "// Made from engine/report/page by script/bundle_page.cmake.\n#include \"report/page/assets.hpp\"\n\nnamespace waystone::report::page {\n\n")
foreach(part IN ITEMS markup script style)
  string(APPEND text "std::string_view page_${part}() {\n  return R\"page(${${part}})page\";\n}\n\n")
endforeach()
string(APPEND text "}  // namespace waystone::report::page\n")
file(WRITE "${OUT}" "${text}")
