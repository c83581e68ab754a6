package org.clusternet.engine.cuda.emulated;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.clusternet.engine.cuda.api.Event;
import org.clusternet.engine.cuda.api.ExecutableGraph;
import org.clusternet.engine.cuda.api.Stream;

/** Work in order, of which the first so many items have run. */
final class EmulatedStream implements Stream {
  private final boolean prompt;
  private final Deque<Work> pending = new ArrayDeque<>();
  private long started;
  private long done;
  private List<Runnable> capture;

  /** A stream whose work runs as soon as it is started, or when somebody waits for it. */
  EmulatedStream(boolean prompt) {
    this.prompt = prompt;
  }

  /** A point that has passed once the stream has run so many items. */
  record Mark(EmulatedStream stream, long position) {
    void reach() {
      while (stream.done < position) {
        Work work = stream.pending.remove();
        if (work.after() != null) {
          work.after().reach();
        }
        stream.done++;
        work.action().run();
      }
    }
  }

  private record Work(Mark after, Runnable action) {}

  /** An event: the mark at which it was recorded last. */
  static final class MarkedEvent implements Event {
    private Mark mark;

    void set(Mark recorded) {
      mark = recorded;
    }

    void reach() {
      if (mark != null) {
        mark.reach();
      }
    }
  }

  /** What was captured, in order. */
  static final class Graph implements ExecutableGraph {
    private final List<Runnable> nodes;
    private Mark launched;

    Graph(List<Runnable> nodes) {
      this.nodes = nodes;
    }

    void launch(EmulatedStream stream) {
      nodes.forEach(stream::start);
      launched = stream.end();
    }

    boolean inFlight() {
      return launched != null && launched.stream().done < launched.position();
    }
  }

  void start(Runnable action) {
    if (capture != null) {
      capture.add(action);
      return;
    }
    put(new Work(null, action));
  }

  void await(MarkedEvent event) {
    requireNoCapture("cuStreamWaitEvent");
    if (event.mark != null) {
      put(new Work(event.mark, () -> {}));
    }
  }

  private void put(Work work) {
    pending.add(work);
    started++;
    if (prompt) {
      end().reach();
    }
  }

  Mark end() {
    return new Mark(this, started);
  }

  boolean idle() {
    return pending.isEmpty();
  }

  boolean capturing() {
    return capture != null;
  }

  void requireNoCapture(String call) {
    if (capture != null) {
      throw Mistakes.refused(call, "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED");
    }
  }

  void beginCapture() {
    requireNoCapture("cuStreamBeginCapture");
    capture = new ArrayList<>();
  }

  Graph endCapture() {
    if (capture == null) {
      throw Mistakes.refused("cuStreamEndCapture", "CUDA_ERROR_ILLEGAL_STATE");
    }
    Graph graph = new Graph(List.copyOf(capture));
    capture = null;
    return graph;
  }
}
