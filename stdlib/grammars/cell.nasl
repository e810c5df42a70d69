## Recurrent cells, after "Neural Architecture Search with Reinforcement Learning" (Zoph & Le, ICLR 2017): a tree over four leaves (there
## eight), each of input x and state h; the memory c enters at one node and leaves from another.
grammar Cell(x: Tensor, h: Tensor, c: Tensor) -> (h: Tensor, c: Tensor) {
    Start      = let l = Leaf{4} in
                 let a = Act(Combine(Node(l[0], l[1]), c)) in
                 let b = Node(l[2], l[3]) in
                 let top = Node(a, b) in
                 (h: top, c: pick([a, b, top]))
    Leaf       = Act(Combine(linear(x), linear(h)))
    Node(p, q) = Act(Combine(p, q))
    Combine    = add | mul
    Act        = id | tanh | sigmoid | relu
}

## The space of Zoph & Le (section 3.4 and appendix A) with four leaves, and with eight as there: a tree of nodes, each a combination and an
## activation. At one node the memory c enters, by a combination and an activation of its own ("cell inject"); what one node has before
## its activation is the new memory ("cell index"). At which node of a level c enters only numbers the nodes anew, so that one
## alternative for each level stands for all.
grammar Cell4(x: Tensor, h: Tensor, c: Tensor) -> (h: Tensor, c: Tensor) {
    Start   = let l = Leaf{4} in let a = Act(Combine(Act(l[0]), c)) in
              let p = Combine(a, Act(l[1])) in let q = Combine(Act(l[2]), Act(l[3])) in
              let top = Combine(Act(p), Act(q)) in
              (h: Act(top), c: pick([l[0], l[1], l[2], l[3], p, q, top]))
            | let l = Leaf{4} in
              let p = Combine(Act(l[0]), Act(l[1])) in let a = Act(Combine(Act(p), c)) in
              let q = Combine(Act(l[2]), Act(l[3])) in
              let top = Combine(a, Act(q)) in
              (h: Act(top), c: pick([l[0], l[1], l[2], l[3], p, q, top]))
            | let l = Leaf{4} in
              let p = Combine(Act(l[0]), Act(l[1])) in let q = Combine(Act(l[2]), Act(l[3])) in
              let top = Combine(Act(p), Act(q)) in
              (h: Act(Combine(Act(top), c)), c: pick([l[0], l[1], l[2], l[3], p, q, top]))
    Leaf    = Combine(linear(x), linear(h))
    Combine = add | mul
    Act     = id | tanh | sigmoid | relu
}

grammar Cell8(x: Tensor, h: Tensor, c: Tensor) -> (h: Tensor, c: Tensor) {
    Start   = let l = Leaf{8} in let a = Act(Combine(Act(l[0]), c)) in let p0 = Combine(a, Act(l[1])) in
              let p1 = Combine(Act(l[2]), Act(l[3])) in let p2 = Combine(Act(l[4]), Act(l[5])) in
              let p3 = Combine(Act(l[6]), Act(l[7])) in let q0 = Combine(Act(p0), Act(p1)) in
              let q1 = Combine(Act(p2), Act(p3)) in let top = Combine(Act(q0), Act(q1)) in
              (h: Act(top), c: pick([l[0], l[1], l[2], l[3], l[4], l[5], l[6], l[7], p0, p1, p2, p3, q0, q1, top]))
            | let l = Leaf{8} in let p0 = Combine(Act(l[0]), Act(l[1])) in
              let p1 = Combine(Act(l[2]), Act(l[3])) in let p2 = Combine(Act(l[4]), Act(l[5])) in
              let p3 = Combine(Act(l[6]), Act(l[7])) in let a = Act(Combine(Act(p0), c)) in
              let q0 = Combine(a, Act(p1)) in let q1 = Combine(Act(p2), Act(p3)) in
              let top = Combine(Act(q0), Act(q1)) in
              (h: Act(top), c: pick([l[0], l[1], l[2], l[3], l[4], l[5], l[6], l[7], p0, p1, p2, p3, q0, q1, top]))
            | let l = Leaf{8} in let p0 = Combine(Act(l[0]), Act(l[1])) in
              let p1 = Combine(Act(l[2]), Act(l[3])) in let p2 = Combine(Act(l[4]), Act(l[5])) in
              let p3 = Combine(Act(l[6]), Act(l[7])) in let q0 = Combine(Act(p0), Act(p1)) in
              let q1 = Combine(Act(p2), Act(p3)) in let a = Act(Combine(Act(q0), c)) in
              let top = Combine(a, Act(q1)) in
              (h: Act(top), c: pick([l[0], l[1], l[2], l[3], l[4], l[5], l[6], l[7], p0, p1, p2, p3, q0, q1, top]))
            | let l = Leaf{8} in let p0 = Combine(Act(l[0]), Act(l[1])) in
              let p1 = Combine(Act(l[2]), Act(l[3])) in let p2 = Combine(Act(l[4]), Act(l[5])) in
              let p3 = Combine(Act(l[6]), Act(l[7])) in let q0 = Combine(Act(p0), Act(p1)) in
              let q1 = Combine(Act(p2), Act(p3)) in let top = Combine(Act(q0), Act(q1)) in
              (h: Act(Combine(Act(top), c)),
                  c: pick([l[0], l[1], l[2], l[3], l[4], l[5], l[6], l[7], p0, p1, p2, p3, q0, q1, top]))
    Leaf    = Combine(linear(x), linear(h))
    Combine = add | mul
    Act     = id | tanh | sigmoid | relu
}

## The cell that their search found, in the form of its public code: one of the programs of `Cell8`.
let nas_cell = (x, h, c) ->
    let l = [linear(x) + linear(h), linear(x) + linear(h), linear(x) + linear(h), linear(x) * linear(h),
        linear(x) + linear(h), linear(x) + linear(h), linear(x) + linear(h), linear(x) + linear(h)] in
    let p0 = sigmoid(l[0]) * relu(l[1]) in
    let p1 = sigmoid(l[2]) + relu(l[3]) in
    let p2 = tanh(l[4]) * sigmoid(l[5]) in
    let p3 = tanh(l[6]) + sigmoid(l[7]) in
    let a = tanh(tanh(p0) + c) in
    let q0 = a * tanh(p1) in
    let q1 = tanh(p2) + sigmoid(p3) in
    let top = id(q0) * tanh(q1) in
    (h: tanh(top), c: q0)
