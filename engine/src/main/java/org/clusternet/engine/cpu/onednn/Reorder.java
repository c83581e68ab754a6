package org.clusternet.engine.cpu.onednn;

import java.lang.foreign.MemorySegment;

/**
 * Conversion of layout and type between a tensor's own descriptor and that of an argument of
 * another primitive.
 *
 * @param own the tensor's descriptor
 * @param user the other primitive, compared by identity
 * @param arg which of its arguments
 * @param toUser the direction
 */
record Reorder(Descriptor own, Primitive user, Arg arg, boolean toUser) implements Spec {

  @Override
  public MemorySegment describe(Session session) {
    MemorySegment mine = session.md(own);
    MemorySegment theirs = user.md(arg);
    MemorySegment from = toUser ? mine : theirs;
    MemorySegment to = toUser ? theirs : mine;
    MemorySegment attr = session.attributes();
    return Api.create(
        this,
        out ->
            (int)
                session
                    .api()
                    .reorder
                    .invokeExact(out, from, session.engine(), to, session.engine(), attr));
  }
}
