package org.jsupervisor.jmx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.management.DescriptorKey;

/**
 * Which role an operation needs, as the descriptor field {@value #FIELD}. Without it the impact
 * decides: what only tells something is for {@link Role#OBSERVE}, everything else for {@link
 * Role#OPERATE}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface NeededRole {
  /** The name of the descriptor field. */
  String FIELD = "org.jsupervisor.role";

  /** The role. */
  @DescriptorKey(FIELD)
  Role value();
}
