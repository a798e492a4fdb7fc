package org.jsupervisor.samples.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import org.junit.jupiter.api.Test;

/** A tree with JMX that was opened and closed has left nothing: no bean, no thread, no class. */
class OpenAndCloseTest {
  private static final int TIMES = 1_000;
  private static final int LOADERS = 4;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final MBeanServer server = MBeanServerFactory.newMBeanServer("open-and-close");

  private static void await(String what, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - begin).as("time is up: " + what).isLessThan(PATIENCE_NANOS);
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Those of trees with this name; others may run in this JVM, too. */
  private static Set<String> threadsOf(String tree) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.contains(tree))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void openedAndClosed_aThousandTimes_noBeanAndNoThreadIsLeft() throws Exception {
    Set<?> before = server.queryNames(null, null);

    for (int i = 0; i < TIMES; i++) {
      OpenedTree.liveAndClose(server, "again-and-again");
    }

    assertThat(server.queryNames(null, null)).isEqualTo(before);
    await(
        "threads of closed trees: " + threadsOf("again-and-again"),
        () -> threadsOf("again-and-again").isEmpty());
  }

  /**
   * One may be left, that of the newest: the JDK itself keeps the types of the record whose equals
   * it has linked last (java.lang.runtime.ObjectMethods), until it links another.
   */
  @Test
  void classLoaders_ofClosedTrees_areCollected() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < LOADERS; i++) {
      loaders.add(liveInALoaderOfItsOwn());
    }
    await("threads of closed trees", () -> threadsOf("throw-away").isEmpty());

    await(
        "all class loaders but one are collected",
        () -> {
          System.gc();
          return loaders.stream().filter(loader -> loader.get() != null).count() <= 1;
        });
  }

  private static WeakReference<ClassLoader> liveInALoaderOfItsOwn() throws Exception {
    URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
    try (loader) {
      Class<?> tree = loader.loadClass(OpenedTree.class.getName());
      assertThat(tree).as("loaded anew").isNotSameAs(OpenedTree.class);
      Object unused = tree.getMethod("liveAndClose").invoke(null);
    }
    return new WeakReference<>(loader);
  }

  /** All that this test itself is run with, modules too. */
  private static URL[] classPath() {
    return Stream.of("java.class.path", "jdk.module.path")
        .flatMap(path -> Arrays.stream(System.getProperty(path, "").split(File.pathSeparator)))
        .filter(entry -> !entry.isEmpty())
        .map(OpenAndCloseTest::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException bug) {
      throw new AssertionError(entry, bug);
    }
  }
}
