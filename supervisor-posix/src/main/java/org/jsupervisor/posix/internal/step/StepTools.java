package org.jsupervisor.posix.internal.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which tool of the host would do which launch step. */
public final class StepTools {
  private StepTools() {}

  /**
   * The path of the tool for each step that is done by one; empty if there is none. Looked for anew
   * at each call. A tool may not be able to do all that can be asked of a step.
   */
  public static Map<String, Optional<String>> of(Map<String, String> hostEnvironment) {
    HostTools tools = new HostTools(hostEnvironment);
    Map<String, Optional<String>> found = new LinkedHashMap<>();
    found.put("control group and umask", first(tools, ToolTable.CGROUP_AND_UMASK));
    found.put("lock", first(tools, ToolTable.LOCK));
    found.put("nice level", first(tools, ToolTable.NICE));
    found.put("I/O scheduling", first(tools, ToolTable.IO_SCHEDULING));
    found.put("processor scheduling", first(tools, ToolTable.CPU_SCHEDULING));
    found.put("processor affinity", first(tools, ToolTable.CPU_AFFINITY));
    found.put("resource limits", first(tools, ToolTable.LIMITS));
    found.put("root directory", first(tools, ToolTable.NEW_ROOT));
    found.put("user and privileges", first(tools, ToolTable.PRIVILEGES));
    found.put("commands before the program", first(tools, ToolTable.PRE_LAUNCH));
    found.put("name of the program", first(tools, ToolTable.ARGUMENT_ZERO));
    return found;
  }

  private static <T> Optional<String> first(ToolFinder tools, List<Way<T>> ways) {
    return ways.stream().flatMap(way -> tools.find(way.tool()).stream()).findFirst();
  }
}
