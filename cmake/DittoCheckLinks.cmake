# ditto's libraries use libMLIR.so. A program that links MLIR's archives as well
# has two MLIRs, which do not know each other's types and end the process when
# both register an option. Nothing says so when it is linked, so this looks for
# such programs at the end of the configuration.
#
# Archives that libMLIR.so does not have may come after it on the link line; who
# knows that they do sets Ditto_ALLOW_STATIC_MLIR.

# What `target` links, by itself and by what it links.
function(ditto_get_linked_targets result target)
  set(linked)
  set(worklist ${target})
  while(worklist)
    list(POP_FRONT worklist item)
    string(REGEX REPLACE "^\\$<LINK_ONLY:(.+)>$" "\\1" item "${item}")
    if(NOT TARGET "${item}" OR item IN_LIST linked)
      continue()
    endif()
    list(APPEND linked ${item})
    foreach(property LINK_LIBRARIES INTERFACE_LINK_LIBRARIES)
      get_target_property(libraries ${item} ${property})
      if(libraries)
        list(APPEND worklist ${libraries})
      endif()
    endforeach()
  endwhile()
  set(${result} ${linked} PARENT_SCOPE)
endfunction()

function(ditto_check_target target)
  get_target_property(type ${target} TYPE)
  if(NOT type MATCHES "^(EXECUTABLE|SHARED_LIBRARY|MODULE_LIBRARY)$")
    return()
  endif()
  ditto_get_linked_targets(linked ${target})
  set(dittos ${linked})
  list(FILTER dittos INCLUDE REGEX "^ditto::")
  if(dittos AND MLIRSupport IN_LIST linked AND MLIR IN_LIST linked)
    list(GET dittos 0 ditto)
    message(FATAL_ERROR
      "${target} links ${ditto}, which uses libMLIR.so, and MLIR's archives too: "
      "that would be two MLIRs in one process. Link MLIR instead of its parts "
      "(`MLIR`, or mlir_target_link_libraries with MLIR_LINK_MLIR_DYLIB ON).")
  endif()
endfunction()

function(ditto_check_directory directory)
  get_property(targets DIRECTORY "${directory}" PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target ${targets})
    ditto_check_target(${target})
  endforeach()
  get_property(children DIRECTORY "${directory}" PROPERTY SUBDIRECTORIES)
  foreach(child ${children})
    ditto_check_directory("${child}")
  endforeach()
endfunction()

get_property(ditto_checks_links GLOBAL PROPERTY DITTO_CHECKS_LINKS)
if(NOT ditto_checks_links AND NOT Ditto_ALLOW_STATIC_MLIR)
  set_property(GLOBAL PROPERTY DITTO_CHECKS_LINKS ON)
  cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}"
    CALL ditto_check_directory "${CMAKE_SOURCE_DIR}")
endif()
