package org.jsupervisor.jmx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.management.DescriptorKey;

/** How a number moves, as the standard descriptor field {@code metricType}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface MetricType {
  /** A number that never decreases. */
  String COUNTER = "counter";

  /** A number that goes up and down. */
  String GAUGE = "gauge";

  /** {@link #COUNTER} or {@link #GAUGE}. */
  @DescriptorKey("metricType")
  String value();
}
