//! The rival in Rust: axum on tokio's single-threaded runtime, one fixed reply. server_cost builds
//! and starts it.
//!
//!     rival BODY_FILE
use axum::{http::header, routing::get, serve::ListenerExt, Router};
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).expect("usage: rival BODY_FILE");
    let body: &'static [u8] = std::fs::read(path)?.leak();
    let reply = move || async move { ([(header::CONTENT_TYPE, "application/json")], body) };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    eprintln!("listening on http://{}", listener.local_addr()?);
    let listener = listener.tap_io(|socket| {
        let _ = socket.set_nodelay(true);
    });
    axum::serve(listener, Router::new().route("/{*any}", get(reply))).await
}
