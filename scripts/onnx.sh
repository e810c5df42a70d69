#!/bin/sh
# onnx.sh PROTOC_GEN_SWIFT: writes Sources/NaslONNX/onnx.pb.swift anew from onnx.proto (of onnx 1.23, Apache licence).
# The plug-in is built in a checkout of swift-protobuf: swift build -c release --product protoc-gen-swift
set -e
cd "$(dirname "$0")"
protoc --plugin=protoc-gen-swift="$1" --swift_opt=Visibility=Package --swift_out=../Sources/NaslONNX onnx.proto
