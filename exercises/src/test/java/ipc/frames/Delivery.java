package ipc.frames;

import java.util.List;

/** Payloads of these lengths, whose frames arrive in pieces of these lengths, over and over. */
record Delivery(List<Integer> lengths, List<Integer> pieces) {
  @Override
  public String toString() {
    return "payloads of " + lengths + " bytes, which arrive in pieces of " + pieces + " bytes";
  }
}
