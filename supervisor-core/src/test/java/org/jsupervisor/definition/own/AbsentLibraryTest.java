package org.jsupervisor.definition.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jsupervisor.definition.DefinitionFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parsers of YAML and JSON are optional: without one its files are refused, no others. */
class AbsentLibraryTest {
  @TempDir Path root;

  /** What is not exported to others must be among them. */
  private static final Pattern OURS =
      Pattern.compile("org\\.jsupervisor\\.(definition|sink|log)\\.");

  /** Our own classes anew, so that they look for the libraries, which are not found. */
  private static final class WithoutLibraries extends ClassLoader {
    WithoutLibraries() {
      super(AbsentLibraryTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.yaml.") || name.startsWith("com.fasterxml.")) {
        throw new ClassNotFoundException(name);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null || !OURS.matcher(name).lookingAt()) {
          return known != null ? known : super.loadClass(name, resolve);
        }
        byte[] content = content(name);
        return defineClass(name, content, 0, content.length);
      }
    }

    private static byte[] content(String name) throws ClassNotFoundException {
      String resource = "/" + name.replace('.', '/') + ".class";
      try (InputStream stream = AbsentLibraryTest.class.getResourceAsStream(resource)) {
        if (stream == null) {
          throw new ClassNotFoundException(name);
        }
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web.yaml | command: x\\n | needs the library org.yaml:snakeyaml",
        "web.json | {\"command\": \"x\"} | needs the library"
            + " com.fasterxml.jackson.core:jackson-core",
      })
  void withoutTheLibrary_theFileIsUnreadable_andSaysWhatItNeeds(
      String name, String content, String expected) throws Exception {
    assertThat(outcomes(name, content.replace("\\n", "\n")))
        .isEqualTo("[" + name + " unreadable " + name + ": cannot be read: " + expected + "]");
  }

  @Test
  void otherFormats_needNone() throws Exception {
    assertThat(outcomes("web.properties", "command=x\n")).isEqualTo("[web defined]");
    assertThat(outcomes("web.xml", "<service><command>x</command></service>"))
        .isEqualTo("[web defined]");
  }

  private String outcomes(String name, String content) throws Exception {
    Path file = new DefinitionFixture(root).file(name, content);
    Class<?> fixture = new WithoutLibraries().loadClass(DefinitionFixture.class.getName());
    Object disk = fixture.getConstructor(Path.class).newInstance(root);
    return fixture.getMethod("outcomes", Path.class).invoke(disk, file).toString();
  }
}
