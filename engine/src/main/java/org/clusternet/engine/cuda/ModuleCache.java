package org.clusternet.engine.cuda;

import java.util.HashMap;
import java.util.Map;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.api.KernelFunction;
import org.clusternet.engine.cuda.api.LoadedModule;
import org.clusternet.kernels.Launch;
import org.clusternet.kernels.Ptx;

/** Modules and their functions, each loaded when it is first launched. */
final class ModuleCache implements AutoCloseable {

  private record Entry(LoadedModule module, Map<String, KernelFunction> functions) {}

  private final Driver driver;
  private final Map<String, Entry> modules = new HashMap<>();

  ModuleCache(Driver driver) {
    this.driver = driver;
  }

  KernelFunction function(Launch launch) {
    Entry entry = modules.computeIfAbsent(launch.module(), this::load);
    return entry
        .functions()
        .computeIfAbsent(launch.entry(), name -> driver.function(entry.module(), name));
  }

  private Entry load(String module) {
    return new Entry(driver.load(module, Ptx.text(module)), new HashMap<>());
  }

  @Override
  public void close() {
    modules.values().forEach(entry -> driver.unload(entry.module()));
    modules.clear();
  }
}
