package org.clusternet.nn.pytorch;

import java.util.List;
import java.util.Set;
import org.clusternet.nn.pytorch.TorchObjects.MisfitException;
import org.jspecify.annotations.Nullable;

/**
 * A Python name that is not on the list of {@link TorchGlobal}, or an object of it: the arguments
 * of a training program, its optimiser, a NumPy number. Training programs keep such things beside
 * the state dict. They stand for nothing here: nothing is looked up or called, what is set in them
 * is ignored, and where a tensor is needed they are refused by this name.
 *
 * <p>Names by which a pickle runs programs when Python loads it are refused at once: no training
 * program writes them, and the user should know.
 *
 * @param python the Python name, for messages
 */
record Foreign(String python) {
  /** Bytes, which pickles of state dicts need for nothing. */
  static final Foreign BYTES = new Foreign("bytes");

  /** A set. */
  static final Foreign SET = new Foreign("set");

  private static final Set<String> RUNNING =
      Set.of(
          "os",
          "posix",
          "nt",
          "sys",
          "subprocess",
          "commands",
          "shutil",
          "importlib",
          "runpy",
          "socket",
          "pty",
          "ctypes",
          "code",
          "codeop",
          "marshal",
          "pickle",
          "operator",
          "webbrowser",
          "builtins",
          "__builtin__");
  private static final Set<String> PLAIN_TYPES =
      Set.of(
          "object",
          "set",
          "frozenset",
          "list",
          "dict",
          "tuple",
          "int",
          "long",
          "float",
          "complex",
          "bool",
          "str",
          "unicode",
          "bytes",
          "bytearray",
          "slice",
          "range",
          "xrange");
  private static final Set<String> LOADERS =
      Set.of("torch.load", "torch.hub.load", "torch.serialization.load", "torch.jit.load");
  private static final Set<String> RECONSTRUCTORS =
      Set.of("copyreg._reconstructor", "copy_reg._reconstructor");

  /**
   * A name.
   *
   * @throws MisfitException if it is one by which a pickle runs programs
   */
  static Foreign of(String module, String name) throws MisfitException {
    String python = module + "." + name;
    int dot = module.indexOf('.');
    boolean running = RUNNING.contains(dot < 0 ? module : module.substring(0, dot));
    boolean type = module.endsWith("builtins") || module.equals("__builtin__");
    if (name.contains(".")
        || LOADERS.contains(python)
        || (running && !(type && PLAIN_TYPES.contains(name)))) {
      throw new MisfitException("the file asks for " + python + ", which is refused");
    }
    return new Foreign(python);
  }

  /** The object that Python would make by calling this with arguments. */
  Foreign called(List<@Nullable Object> args) {
    boolean names = RECONSTRUCTORS.contains(python) && !args.isEmpty();
    return names && args.get(0) instanceof Foreign type ? type : this;
  }

  @Override
  public String toString() {
    return python;
  }
}
