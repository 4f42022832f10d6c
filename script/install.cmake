# What `cmake --install` puts where, and the Debian packages made of it: `waystone` has the program,
# its pages and the rules; `libwaystone-dev` the library and what a build of others needs.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(data_folder ${CMAKE_INSTALL_DATADIR}/waystone)

# The man page and the completions say what the program says of itself, so it makes them.
set(page_folder ${CMAKE_CURRENT_BINARY_DIR}/pages)
set(pages)
foreach(kind IN ITEMS man bash zsh fish)
  add_custom_command(OUTPUT ${page_folder}/${kind}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${page_folder}
    COMMAND waystone generate ${kind} --out ${page_folder}/${kind}
    DEPENDS waystone VERBATIM)
  list(APPEND pages ${page_folder}/${kind})
endforeach()
add_custom_target(waystone_pages ALL DEPENDS ${pages})

install(TARGETS waystone COMPONENT program)
install(FILES ${page_folder}/man DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 RENAME waystone.1
  COMPONENT program)
install(FILES ${page_folder}/bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
  RENAME waystone COMPONENT program)
install(FILES ${page_folder}/zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions
  RENAME _waystone COMPONENT program)
install(FILES ${page_folder}/fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
  RENAME waystone.fish COMPONENT program)
install(DIRECTORY rules scenarios DESTINATION ${data_folder} COMPONENT program)
install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program
  PATTERN Doxyfile EXCLUDE)
install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR}
  COMPONENT program)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright COMPONENT program)

install(TARGETS waystone_library DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
file(GLOB public_headers CONFIGURE_DEPENDS engine/waystone/*.hpp)
install(FILES ${public_headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/waystone
  COMPONENT development)

# What a program links besides the library. Only the names are written down: where the libraries lie
# is looked up on the machine that links.
set(linked fmt armadillo glpk nlopt)
if(TOML_LIBRARY)
  list(APPEND linked tomlplusplus)
endif()
string(REPLACE ";" " " linked_names "${linked}")
list(TRANSFORM linked PREPEND -l OUTPUT_VARIABLE pc_needs)
string(REPLACE ";" " " pc_needs "${pc_needs} -lstdc++ -lm -lpthread")

set(config_folder ${CMAKE_INSTALL_LIBDIR}/cmake/waystone)
set(library_file ${CMAKE_INSTALL_LIBDIR}/libwaystone.a)
configure_package_config_file(script/waystone-config.cmake.in waystone-config.cmake
  INSTALL_DESTINATION ${config_folder}
  PATH_VARS data_folder library_file CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file(waystone-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/waystone-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/waystone-config-version.cmake
  DESTINATION ${config_folder} COMPONENT development)

# Relative to the file itself, so that a package that was moved is found where it is.
file(RELATIVE_PATH pc_up /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
string(REGEX REPLACE "/$" "" pc_up "${pc_up}")
set(pc_prefix "\${pcfiledir}/${pc_up}")
configure_file(script/waystone.pc.in waystone.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/waystone.pc
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_PACKAGE_VENDOR "Waystone model desk")
set(CPACK_PACKAGE_CONTACT "Waystone model desk <desk@waystone.example>")
set(CPACK_RESOURCE_FILE_LICENSE ${CMAKE_CURRENT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME waystone)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "Country risk from rules and dated facts in text files
 Scores with bounds, the reasons of each, comparisons and how firm they are.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libwaystone-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "waystone (= ${PROJECT_VERSION}), libfmt-dev, \
libarmadillo-dev, libglpk-dev, libnlopt-dev, libtomlplusplus-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Waystone as a library, for C++
 Headers, the static library, and what CMake and pkg-config need to find them.")
include(CPack)
