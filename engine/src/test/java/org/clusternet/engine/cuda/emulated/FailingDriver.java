package org.clusternet.engine.cuda.emulated;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.clusternet.engine.cuda.api.CudaException;
import org.clusternet.engine.cuda.api.Driver;
import org.clusternet.engine.cuda.api.Stream;

/** Stands before a driver and lets chosen calls fail, or fall by the wayside. */
public final class FailingDriver {
  private final Driver inner;
  private String failing;
  private int passes;
  private String error;
  private final Set<String> calls = new TreeSet<>();

  /** Before {@code inner}; nothing fails yet. */
  public FailingDriver(Driver inner) {
    this.inner = inner;
  }

  /**
   * Lets one call fail.
   *
   * @param method of {@link Driver}
   * @param after calls of it that still pass
   * @param name of the error
   */
  public void fail(String method, int after, String name) {
    failing = method;
    passes = after;
    error = name;
  }

  /** Lets no call fail. */
  public void disarm() {
    failing = null;
  }

  /** Whether the call that is to fail has not come yet. */
  public boolean isArmed() {
    return failing != null;
  }

  /** Names of all methods that were called. */
  public Set<String> calls() {
    return calls;
  }

  /** The driver that fails. */
  public Driver driver() {
    return proxy(
        inner,
        (method, arguments) -> {
          calls.add(method.getName());
          if (method.getName().equals(failing) && passes-- == 0) {
            failing = null;
            if (method.getName().equals("endCapture")) {
              // It fails, but ends the capture, as the real one does.
              inner.destroy(inner.endCapture((Stream) arguments[0]));
            }
            throw CudaException.of(method.getName(), error, "planted");
          }
          return true;
        });
  }

  /** A driver that leaves out the calls that the predicate refuses; only of void methods. */
  public static Driver without(Driver inner, Predicate<Method> refused) {
    return proxy(inner, (method, arguments) -> !refused.test(method));
  }

  private static Driver proxy(Driver inner, BiPredicate<Method, Object[]> passes) {
    return (Driver)
        Proxy.newProxyInstance(
            Driver.class.getClassLoader(),
            new Class<?>[] {Driver.class},
            (proxy, method, arguments) -> {
              if (!passes.test(method, arguments)) {
                return null;
              }
              try {
                return method.invoke(inner, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
