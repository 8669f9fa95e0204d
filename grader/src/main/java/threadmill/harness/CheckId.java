package threadmill.harness;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a test method of a contract a graded check. The method's name is the sentence of what must
 * hold.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface CheckId {
  /** Short and unique in the exercise, as in {@code S6}. */
  String value();

  /** What passing is worth; the points of an exercise are the sum. */
  int points() default 1;

  /** How long the child JVM may stay silent, in seconds, before the judge ends it. */
  int limitSeconds() default 40;
}
