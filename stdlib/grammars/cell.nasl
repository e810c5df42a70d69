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
