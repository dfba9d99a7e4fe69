# How ditto's targets are declared: one place that knows about MLIR's packaging.
#
# Debian ships MLIR both as static archives and as libMLIR.so; two copies in one
# process register every option and type id twice. Everything here therefore
# links the shared library, and nothing else of MLIR's.

# MLIR's version file accepts "22.1", not "22".
find_package(MLIR 22.1 REQUIRED CONFIG PATHS /usr/lib/llvm-22)
if(NOT TARGET MLIR)
  message(FATAL_ERROR "ditto needs MLIR's shared library (target MLIR); "
    "the MLIR found in ${MLIR_DIR} has only static archives")
endif()
message(STATUS "MLIR ${MLIR_VERSION} in ${MLIR_DIR}")

list(APPEND CMAKE_MODULE_PATH "${MLIR_CMAKE_DIR}" "${LLVM_CMAKE_DIR}")
include(TableGen)
include(AddLLVM)
include(AddMLIR)

if(DITTO_ENABLE_CCACHE)
  find_program(DITTO_CCACHE ccache)
  if(DITTO_CCACHE)
    set(CMAKE_C_COMPILER_LAUNCHER "${DITTO_CCACHE}")
    set(CMAKE_CXX_COMPILER_LAUNCHER "${DITTO_CCACHE}")
  endif()
endif()

# Warnings and sanitizers of ditto's own code. They are private to it: nothing
# that links ditto inherits them.
add_library(DittoCompileOptions INTERFACE)
target_compile_options(DittoCompileOptions INTERFACE
  -Wall -Wextra -Wno-unused-parameter
  $<$<BOOL:${DITTO_ENABLE_WERROR}>:-Werror>)
if(DITTO_SANITIZERS)
  target_compile_options(DittoCompileOptions INTERFACE
    -fsanitize=${DITTO_SANITIZERS} -fno-omit-frame-pointer -fno-sanitize=vptr)
  add_link_options(-fsanitize=${DITTO_SANITIZERS})
endif()

# ditto_tablegen(<target> <td file> <output> <generator arguments>...)
# runs one mlir-tblgen generator; several calls may share a target.
function(ditto_tablegen output td)
  set(LLVM_TARGET_DEFINITIONS ${td})
  mlir_tablegen(${output} ${ARGN} EXTRA_INCLUDES
    "${PROJECT_SOURCE_DIR}/include" ${MLIR_INCLUDE_DIRS})
  set(TABLEGEN_OUTPUT ${TABLEGEN_OUTPUT} PARENT_SCOPE)
endfunction()

# add_ditto_library(<Name> SOURCES... [DEPENDS ...] [LINK_LIBS ditto::...])
# declares the static library DittoName, exported as ditto::Name.
function(add_ditto_library name)
  cmake_parse_arguments(ARG "NO_MLIR" "" "SOURCES;DEPENDS;LINK_LIBS" ${ARGN})
  set(target Ditto${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  add_library(ditto::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:DittoCompileOptions>)
  target_link_libraries(${target} PUBLIC ${ARG_LINK_LIBS})
  if(NOT ARG_NO_MLIR)
    target_include_directories(${target} SYSTEM PUBLIC ${MLIR_INCLUDE_DIRS})
    target_link_libraries(${target} PUBLIC MLIR LLVM)
    add_dependencies(${target} DittoHeaders)
  endif()
  if(ARG_DEPENDS)
    add_dependencies(${target} ${ARG_DEPENDS})
  endif()
  install(TARGETS ${target} EXPORT DittoTargets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
endfunction()

# add_ditto_shared_library(<DittoName> SHARED|MODULE SOURCES... LINK_LIBS ...
#   EXPORTS <symbol>...)
# declares a shared library that has its own copy of the ditto libraries it
# links and exports the listed symbols (with * for any characters), no others:
# two copies of ditto in one process must not see each other's.
function(add_ditto_shared_library name kind)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK_LIBS;EXPORTS" ${ARGN})
  add_library(${name} ${kind} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE
    $<BUILD_INTERFACE:DittoCompileOptions> ${ARG_LINK_LIBS})
  list(JOIN ARG_EXPORTS "; " exports)
  set(script "${CMAKE_CURRENT_BINARY_DIR}/${name}.exports")
  file(WRITE "${script}" "{ global: ${exports}; local: *; };\n")
  target_link_options(${name} PRIVATE "-Wl,--version-script=${script}")
  set_target_properties(${name} PROPERTIES
    LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib"
    LINK_DEPENDS "${script}"
    INSTALL_RPATH_USE_LINK_PATH ON)
  if(kind STREQUAL MODULE)
    set_target_properties(${name} PROPERTIES PREFIX "")
    install(TARGETS ${name} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
    return()
  endif()
  # Exported as ditto::Name, like the static libraries.
  string(REGEX REPLACE "^Ditto" "" exported ${name})
  add_library(ditto::${exported} ALIAS ${name})
  set_target_properties(${name} PROPERTIES
    EXPORT_NAME ${exported}
    VERSION ${PROJECT_VERSION}
    SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  target_include_directories(${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_include_directories(${name} SYSTEM PUBLIC ${MLIR_INCLUDE_DIRS})
  install(TARGETS ${name} EXPORT DittoTargets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
endfunction()

# add_ditto_tool(<name> SOURCES... LINK_LIBS ditto::...)
function(add_ditto_tool name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK_LIBS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE DittoCompileOptions ${ARG_LINK_LIBS})
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
  # Plugins find MLIR's symbols in the tool that loads them. An installed tool
  # finds libMLIR.so where it was linked.
  set_target_properties(${name} PROPERTIES
    ENABLE_EXPORTS ON INSTALL_RPATH_USE_LINK_PATH ON)
  install(TARGETS ${name} DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()

# Installs headers, examples and the CMake package `Ditto`; call once, after all
# targets.
function(ditto_install_package)
  include(CMakePackageConfigHelpers)
  set(destination "${CMAKE_INSTALL_LIBDIR}/cmake/Ditto")
  install(EXPORT DittoTargets NAMESPACE ditto:: DESTINATION "${destination}")
  configure_package_config_file(
    "${PROJECT_SOURCE_DIR}/cmake/DittoConfig.cmake.in"
    "${PROJECT_BINARY_DIR}/DittoConfig.cmake"
    INSTALL_DESTINATION "${destination}")
  write_basic_package_version_file("${PROJECT_BINARY_DIR}/DittoConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion)
  install(FILES "${PROJECT_BINARY_DIR}/DittoConfig.cmake"
                "${PROJECT_BINARY_DIR}/DittoConfigVersion.cmake"
                "${PROJECT_SOURCE_DIR}/cmake/DittoCheckLinks.cmake"
    DESTINATION "${destination}")
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/ditto"
                    "${PROJECT_SOURCE_DIR}/include/ditto-c"
                    "${PROJECT_BINARY_DIR}/include/ditto"
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    FILES_MATCHING PATTERN "*.h" PATTERN "*.td" PATTERN "*.inc" PATTERN "*.def")
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/examples"
    DESTINATION ${CMAKE_INSTALL_DATADIR}/ditto)
endfunction()
