package org.jsupervisor.definition.own;

/**
 * A key of a service with its value.
 *
 * @param key with dots, whether it was written so or as maps in each other
 * @param written as it is in the file; what is shown of it
 * @param value the same with its parameters replaced, if the file has any
 */
record Entry(Place place, String key, String written, String value) {
  Entry withValue(String replacement) {
    return new Entry(place, key, written, replacement);
  }

  /** Where it is, with its key. */
  String spot() {
    return place.of(key);
  }
}
