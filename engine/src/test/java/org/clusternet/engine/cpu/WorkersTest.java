package org.clusternet.engine.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.clusternet.engine.cpu.onednn.OneDnn;
import org.clusternet.engine.testing.Messages;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both teams do every index once, at the same time, and bring home what goes wrong. */
class WorkersTest {
  private static final int THREADS = 3;

  enum Kind {
    JAVA,
    OPEN_MP
  }

  private @Nullable Workers workers;

  private Workers open(Kind kind) {
    if (kind == Kind.OPEN_MP) {
      Optional<OneDnn> library = OneDnn.load();
      assumeTrue(library.isPresent(), "oneDNN has no build for this platform");
      return opened((parts, part) -> library.get().parallel(THREADS, parts, part));
    }
    return opened(new ThreadTeam(THREADS));
  }

  private Workers opened(Team team) {
    Workers opened = new Workers(THREADS, team);
    workers = opened;
    return opened;
  }

  @AfterEach
  void close() {
    if (workers != null) {
      workers.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void runsEveryIndexOnce(Kind kind) {
    Workers team = open(kind);
    for (int count : new int[] {0, 1, 2, 3, 4, 100, 1001}) {
      AtomicIntegerArray seen = new AtomicIntegerArray(count);
      team.run(
          count,
          1,
          (from, to) -> {
            for (long i = from; i < to; i++) {
              seen.incrementAndGet((int) i);
            }
          });
      int[] expected = new int[count];
      Arrays.fill(expected, 1);
      assertEquals(Arrays.toString(expected), seen.toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void partsRunAtTheSameTime(Kind kind) {
    Workers team = open(kind);
    CyclicBarrier all = new CyclicBarrier(THREADS);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    for (int round = 0; round < 2; round++) {
      team.run(
          THREADS,
          1,
          (from, to) -> {
            threads.add(Thread.currentThread());
            await(all);
          });
    }
    assertEquals(THREADS, threads.size(), "the threads of a team stay");
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("a part waited in vain for the others", e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void fewIndicesAreNotSplit(Kind kind) {
    Workers team = open(kind);
    Set<List<Long>> parts = ConcurrentHashMap.newKeySet();
    team.run(100, 60, (from, to) -> parts.add(List.of(from, to)));
    team.run(100, 50, (from, to) -> parts.add(List.of(from, to)));
    assertEquals(Set.of(List.of(0L, 100L), List.of(0L, 50L), List.of(50L, 100L)), parts);
  }

  @ParameterizedTest
  @EnumSource
  void whatAnyPartThrowsIsThrownAfterTheOthersHaveEnded(Kind kind) {
    Workers team = open(kind);
    for (int failing = 0; failing < THREADS; failing++) {
      long bad = failing;
      RuntimeException planted = new IllegalArgumentException("part " + bad);
      AtomicIntegerArray ended = new AtomicIntegerArray(THREADS);
      RuntimeException thrown =
          assertThrows(
              RuntimeException.class,
              () ->
                  team.run(
                      THREADS,
                      1,
                      (from, to) -> {
                        if (from == bad) {
                          throw planted;
                        }
                        pause();
                        ended.set((int) from, 1);
                      }));
      assertSame(planted, thrown);
      assertEquals(
          THREADS - 1, Stream.of(0, 1, 2).mapToInt(ended::get).sum(), "parts that have ended");
    }
    team.run(THREADS, 1, (from, to) -> {});
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aPartOnOpenMpCannotStartAnotherLoop() {
    Workers team = open(Kind.OPEN_MP);
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () -> team.run(THREADS, 1, (from, to) -> team.run(THREADS, 1, (f, t) -> {})));
    assertEquals("a part of a parallel loop cannot start another", Messages.of(thrown));
  }
}
