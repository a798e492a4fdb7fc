package org.jsupervisor.samples.embedding;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What others may call of a module: each public or protected part of each exported type, one on a
 * line, sorted. The names of packages are left out where they are not needed.
 */
final class PublicApi {
  private static final int SHOWN = Modifier.PUBLIC | Modifier.PROTECTED;
  private static final Set<String> OF_EACH_RECORD = Set.of("equals", "hashCode", "toString");

  private final StringBuilder page = new StringBuilder();

  private PublicApi() {}

  /** Of the module to which the type belongs, be it a directory or a jar. */
  static String of(Class<?> type) throws IOException, URISyntaxException {
    Path place = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    ModuleReference module = ModuleFinder.of(place).findAll().iterator().next();
    PublicApi api = new PublicApi();
    api.page.append("module ").append(module.descriptor().name()).append('\n');
    exportedTypes(module).forEach(api::add);
    return api.page.toString();
  }

  private static List<Class<?>> exportedTypes(ModuleReference module) throws IOException {
    Set<String> exported =
        module.descriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(Exports::source)
            .collect(Collectors.toSet());
    try (ModuleReader reader = module.open();
        Stream<String> entries = reader.list()) {
      Set<String> names =
          entries
              .filter(entry -> entry.endsWith(".class") && entry.contains("/"))
              .map(entry -> entry.substring(0, entry.length() - ".class".length()))
              .map(entry -> entry.replace('/', '.'))
              .filter(name -> exported.contains(name.substring(0, name.lastIndexOf('.'))))
              .filter(name -> !name.endsWith("package-info"))
              .collect(Collectors.toCollection(TreeSet::new));
      return names.stream().<Class<?>>map(PublicApi::load).filter(PublicApi::isShown).toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicApi.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A type within another is shown if both are. */
  private static boolean isShown(Class<?> type) {
    boolean shown = (type.getModifiers() & SHOWN) != 0 && !type.isAnonymousClass();
    Class<?> outer = type.getEnclosingClass();
    return shown && (outer == null || isShown(outer));
  }

  private void add(Class<?> type) {
    page.append('\n').append(head(type)).append(supertypes(type));
    page.append(permitted(type)).append('\n');
    Stream<String> fields =
        Arrays.stream(type.getDeclaredFields())
            .filter(field -> isShown(field.getModifiers(), field.isSynthetic()))
            .map(PublicApi::text);
    Stream<String> constructors =
        Arrays.stream(type.getDeclaredConstructors())
            .filter(constructor -> isShown(constructor.getModifiers(), constructor.isSynthetic()))
            .map(PublicApi::text);
    Stream<String> methods =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> isShown(method.getModifiers(), method.isSynthetic()))
            .filter(method -> !type.isRecord() || !OF_EACH_RECORD.contains(method.getName()))
            .map(PublicApi::text);
    Stream.of(components(type), fields, constructors.sorted(), methods.sorted())
        .flatMap(lines -> lines)
        .forEach(line -> page.append("  ").append(line).append('\n'));
  }

  private static boolean isShown(int modifiers, boolean synthetic) {
    return (modifiers & SHOWN) != 0 && !synthetic;
  }

  private static String supertypes(Class<?> type) {
    Stream<Type> above = Stream.ofNullable(type.getGenericSuperclass());
    String all =
        Stream.concat(above, Arrays.stream(type.getGenericInterfaces()))
            .map(PublicApi::name)
            .filter(name -> !name.equals("Object"))
            .collect(joining(", "));
    return all.isEmpty() ? "" : " of " + all;
  }

  /** As it is declared; {@link Class#toGenericString} says it in other words in other releases. */
  private static String head(Class<?> type) {
    int modifiers = type.getModifiers() & Modifier.classModifiers();
    String parameters =
        Arrays.stream(type.getTypeParameters()).map(PublicApi::name).collect(joining(", "));
    return Modifier.toString(type.isInterface() ? modifiers & ~Modifier.ABSTRACT : modifiers)
        + kind(type)
        + type.getName()
        + (parameters.isEmpty() ? "" : "<" + parameters + ">");
  }

  private static String kind(Class<?> type) {
    if (type.isAnnotation()) {
      return " @interface ";
    }
    if (type.isInterface()) {
      return " interface ";
    }
    return type.isRecord() ? " record " : type.isEnum() ? " enum " : " class ";
  }

  /** Sorted: where they are not named, each compiler has an order of its own. */
  private static String permitted(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .map(PublicApi::name)
            .sorted()
            .collect(joining(", ", " permits ", ""))
        : "";
  }

  /** In their order: a pattern names them by it. */
  private static Stream<String> components(Class<?> type) {
    return type.isRecord()
        ? Stream.of("components " + componentsOf(type.getRecordComponents()))
        : Stream.empty();
  }

  private static String componentsOf(RecordComponent[] components) {
    return Arrays.stream(components).map(RecordComponent::getName).toList().toString();
  }

  private static String text(Field field) {
    String modifiers = Modifier.toString(field.getModifiers());
    return modifiers + " " + name(field.getGenericType()) + " " + field.getName();
  }

  private static String text(Constructor<?> constructor) {
    return text(constructor, Modifier.toString(constructor.getModifiers()) + " new");
  }

  private static String text(Method method) {
    int shown = method.getModifiers() & Modifier.methodModifiers();
    String modifiers = Modifier.toString(shown) + (method.isDefault() ? " default " : " ");
    return text(method, modifiers + name(method.getGenericReturnType()) + " " + method.getName());
  }

  private static String text(Executable member, String lead) {
    String parameters =
        Arrays.stream(member.getGenericParameterTypes())
            .map(PublicApi::name)
            .collect(joining(", ", "(", ")"));
    String errors =
        Arrays.stream(member.getGenericExceptionTypes())
            .map(PublicApi::name)
            .collect(joining(", "));
    return lead + parameters + (errors.isEmpty() ? "" : " throws " + errors);
  }

  private static String name(Type type) {
    return type.getTypeName()
        .replaceAll("\\bjava\\.[a-z.]+\\.(?=[A-Z])", "")
        .replaceAll("\\borg\\.jsupervisor\\.(?:[a-z]\\w*\\.)*(?=[A-Z])", "");
  }
}
