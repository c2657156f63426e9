// kqueue's own calls are left alone: accept, recv and send are what a peer can make fail.
