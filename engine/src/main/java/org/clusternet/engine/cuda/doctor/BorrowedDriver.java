package org.clusternet.engine.cuda.doctor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.TreeSet;
import org.clusternet.engine.cuda.api.Driver;
import org.jspecify.annotations.Nullable;

/**
 * A driver that stays open when the device that uses it is closed, and that writes down which entry
 * points were asked for, to be launched.
 */
final class BorrowedDriver {
  private final Set<String> entries = new TreeSet<>();
  private final Driver inner;
  private final Driver driver;

  BorrowedDriver(Driver inner) {
    this.inner = inner;
    this.driver =
        (Driver)
            Proxy.newProxyInstance(
                Driver.class.getClassLoader(),
                new Class<?>[] {Driver.class},
                (proxy, method, arguments) -> handOn(method, arguments));
  }

  private @Nullable Object handOn(Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("close")) {
      return null;
    }
    if (method.getName().equals("function")) {
      entries.add((String) arguments[1]);
    }
    try {
      return method.invoke(inner, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** What a device may be given. */
  Driver driver() {
    return driver;
  }

  /** Names of the entry points so far. */
  Set<String> entries() {
    return entries;
  }
}
