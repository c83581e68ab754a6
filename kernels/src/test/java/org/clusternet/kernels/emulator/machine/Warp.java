package org.clusternet.kernels.emulator.machine;

import java.util.Arrays;
import org.clusternet.kernels.emulator.fault.Fault;
import org.clusternet.kernels.emulator.memory.Storage;
import org.clusternet.kernels.emulator.races.WarpOrder;

/**
 * 32 threads. Registers lie lane by lane in one array of longs: of a value narrower than a register
 * the upper bits mean nothing, and whoever reads narrows. A predicate is one bit a lane.
 *
 * <p>Each lane has a place of its own in the code, as from sm_70 on. Lanes at the same place run
 * together; the group with the lowest address runs until it reaches another group or waits.
 */
public final class Warp {
  /** Lanes of a warp. */
  public static final int LANES = 32;

  private static final long POISON = 0x7ff4_dead_7fa0_deadL;

  /** Registers, register-major. */
  public final long[] registers;

  /** Predicates, a bit a lane. */
  public final int[] predicates;

  /** Scratch for the addresses of one instruction. */
  public final long[] addresses = new long[LANES];

  /** Where each lane's access goes. */
  public final Storage[] storages = new Storage[LANES];

  /** Offset of each lane's access in its storage. */
  public final int[] offsets = new int[LANES];

  int pc;
  int active;
  private int nextPc;
  private int alive;
  private int present;
  private long executed;
  private final int index;
  private final Block block;
  private final WarpOrder order;
  private final Fragments others = new Fragments();
  private final Meetings meetings;
  private final Instruction[] code;
  private final Counters counters;

  Warp(Block block, int index, WarpOrder order) {
    this.block = block;
    this.index = index;
    this.order = order;
    Program program = block.context().program();
    this.code = program.code();
    this.counters = block.context().counters();
    this.meetings = new Meetings(this, others, code);
    this.registers = new long[program.registers() * LANES];
    this.predicates = new int[program.predicates()];
    fill(program);
  }

  /** Registers that nothing was written to hold nonsense; constants hold their values for good. */
  private void fill(Program program) {
    Arrays.fill(registers, POISON);
    Arrays.fill(predicates, 0x5a5a5a5a);
    for (Program.Constant each : program.constants()) {
      if (each.predicate()) {
        predicates[each.index()] = each.value() != 0 ? -1 : 0;
      } else {
        Arrays.fill(registers, each.index() * LANES, (each.index() + 1) * LANES, each.value());
      }
    }
  }

  void enter(long blockIndex) {
    Context context = block.context();
    Program program = context.program();
    for (int lane = 0; lane < LANES; lane++) {
      Program.Position position =
          new Program.Position(
              context.grid(),
              context.block(),
              blockIndex,
              index * LANES + lane,
              context.dynamicShared());
      for (Program.SpecialRegister each : program.specials()) {
        registers[each.index() * LANES + lane] = each.special().value(position);
      }
    }
    int threads = Math.min(LANES, context.threads() - index * LANES);
    present = threads == LANES ? -1 : (1 << threads) - 1;
    alive = present;
    active = present;
    pc = 0;
    nextPc = Integer.MAX_VALUE;
    executed = 0;
    others.clear();
    order.enter(present);
  }

  /** The block it belongs to. */
  public Block block() {
    return block;
  }

  /** Index in the block. */
  public int index() {
    return index;
  }

  /** Time, for the races. */
  public WarpOrder order() {
    return order;
  }

  /** What was done so far. */
  public Counters counters() {
    return counters;
  }

  /** Lanes that did not exit. */
  public int alive() {
    return alive;
  }

  /** Instructions executed. */
  public long executed() {
    return executed;
  }

  /** Runs until all lanes wait or have exited. */
  void run() {
    try {
      loop();
    } catch (Fault | ArithmeticException | IndexOutOfBoundsException e) {
      int lane = e instanceof Fault fault ? fault.laneOf(active) : 0;
      throw new ThreadFault(place(lane), code[pc], e);
    }
  }

  private void loop() {
    long limit = block.context().instructionLimit();
    while (active != 0) {
      Instruction next = code[pc];
      int mask = active;
      if (next.guard >= 0) {
        int value = predicates[next.guard];
        mask &= next.guardNegated ? ~value : value;
      }
      counters.warpInstructions[next.slot]++;
      counters.threadInstructions[next.slot] += Integer.bitCount(mask);
      if (++executed > limit) {
        throw new Fault("endless loop: the warp executed " + limit + " instructions");
      }
      if (next.control) {
        ((ControlInstruction) next).transfer(this, mask);
      } else {
        if (mask != 0) {
          next.execute(this, mask);
        }
        pc++;
      }
      if (pc >= nextPc) {
        reschedule();
      }
    }
  }

  /** Sets a predicate of some lanes. */
  public void setPredicate(int predicate, int mask, int value) {
    predicates[predicate] = (predicates[predicate] & ~mask) | (value & mask);
  }

  /** Sends the running lanes of a mask to a target, the others on to the next instruction. */
  public void branch(int mask, int target) {
    int stay = active & ~mask;
    if (stay == 0) {
      pc = target;
    } else if (mask == 0) {
      pc++;
    } else {
      counters.divergentBranches++;
      others.add(target, mask, Fragments.READY);
      active = stay;
      pc++;
      reschedule();
    }
  }

  /** Sends each lane of a mask to the target that a register chooses, the others on. */
  public void scatter(int mask, int[] targets, int register) {
    int stay = active & ~mask;
    for (int m = mask; m != 0; m &= m - 1) {
      int lane = Integer.numberOfTrailingZeros(m);
      int choice = (int) registers[register * LANES + lane];
      if (choice < 0 || choice >= targets.length) {
        throw new Fault(lane, "branch index=" + choice + " of " + targets.length + " targets");
      }
      others.add(targets[choice], 1 << lane, Fragments.READY);
    }
    resume(pc + 1, stay);
  }

  /** Ends lanes. */
  public void exit(int mask) {
    alive &= ~mask;
    resume(pc + 1, active & ~mask);
  }

  void park(int where, int mask, int state) {
    others.add(where, mask, state);
  }

  /** Goes on with lanes at an address, or with others where there are none. */
  void resume(int where, int mask) {
    pc = where;
    active = mask;
    reschedule();
  }

  int takeWaiting(int where) {
    int i = others.find(where, Fragments.WAITING);
    if (i < 0) {
      return 0;
    }
    int mask = others.mask(i);
    others.remove(i);
    return mask;
  }

  private void reschedule() {
    if (active != 0) {
      others.add(pc, active, Fragments.READY);
      active = 0;
    }
    int next = others.lowestReady();
    if (next < 0 && others.count() > 0) {
      meetings.wake();
      next = others.lowestReady();
    }
    nextPc = Integer.MAX_VALUE;
    if (next >= 0) {
      pc = others.pc(next);
      active = others.mask(next);
      others.remove(next);
      int second = others.lowestReady();
      nextPc = second < 0 ? Integer.MAX_VALUE : others.pc(second);
    }
  }

  /** Whether all lanes have exited. */
  boolean finished() {
    return alive == 0;
  }

  /** The one barrier that all living lanes wait at; a fault if there is none. */
  int barrier() {
    return meetings.barrier();
  }

  /** Lets lanes pass that wait at any {@code bar.warp.sync} for one another. */
  void releaseSyncs() {
    meetings.releaseSyncs();
  }

  void passBarrier() {
    int where = others.pc(0);
    int mask = others.mask(0);
    others.clear();
    order.newEpoch();
    resume(where + 1, mask);
  }

  /** Block and thread of a lane. */
  String place(int lane) {
    return block.place(index * LANES + lane);
  }
}
