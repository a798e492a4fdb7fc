package org.jsupervisor.jmx;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Whether an operation changes something; an access rule may go by it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Impact {
  /** The impact. */
  Kind value();

  /** The impacts that an operation may have. */
  enum Kind {
    /** It only tells something. */
    INFO,
    /** It changes something; what it returns is only a word about how that went. */
    ACTION,
    /** It changes something and returns data. */
    ACTION_INFO
  }
}
