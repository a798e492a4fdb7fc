package org.jsupervisor.spec;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller forgot hurts the caller, where it was forgotten, and never the engine. */
class NullPartsTest {
  static Stream<Method> parts() {
    return Stream.of(
            ProcessSpec.Builder.class, TaskSpec.Builder.class, SupervisorSpec.Builder.class)
        .flatMap(builder -> Arrays.stream(builder.getMethods()))
        .filter(method -> method.getReturnType() == method.getDeclaringClass())
        .filter(method -> method.getParameterCount() == 1)
        .filter(method -> !method.getParameterTypes()[0].isPrimitive());
  }

  private static Object builder(Class<?> type) {
    if (type == ProcessSpec.Builder.class) {
      return ProcessSpec.builder("a", "program");
    }
    return type == TaskSpec.Builder.class
        ? TaskSpec.builder("a", context -> {})
        : SupervisorSpec.builder("s");
  }

  @ParameterizedTest
  @MethodSource("parts")
  void partThatIsNull_isRefusedAtOnce(Method method) {
    Object builder = builder(method.getDeclaringClass());
    assertThatNullPointerException().as("%s", method).isThrownBy(() -> call(builder, method));
  }

  private static void call(Object builder, Method method) throws Throwable {
    try {
      Object unused = method.invoke(builder, (Object) null);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
