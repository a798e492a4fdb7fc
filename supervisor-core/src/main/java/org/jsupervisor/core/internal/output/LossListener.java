package org.jsupervisor.core.internal.output;

import org.jsupervisor.process.Incarnation;

/** Hears of output that is lost; called on any thread, must not block. */
public interface LossListener {
  /** So many bytes more of this run's output are lost. */
  void lost(Incarnation incarnation, long bytes, String why);
}
