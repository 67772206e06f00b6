define void @f(i64 %0, float** %1, float* %2, float** %3) #0 {
  %5 = and i64 %0, 15
  %6 = icmp ne i64 %5, 0
  br i1 %6, label %7, label %8

7:                                                ; preds = %4
  tail call void @formulac_remainder_float(i64 %0, float** %1, float* %2, float** %3, void (i64, float**, float*, float**)* @f, i64 16, i64 2, i64 2)
  ret void

8:                                                ; preds = %4
  %9 = icmp eq i64 %0, 0
  br i1 %9, label %10, label %11

10:                                               ; preds = %49, %8
  ret void

11:                                               ; preds = %8
  %12 = load float*, float** %3, align 8
  %13 = getelementptr inbounds float*, float** %3, i64 1
  %14 = load float*, float** %13, align 8
  %15 = load float*, float** %1, align 8
  %16 = getelementptr inbounds float*, float** %1, i64 1
  %17 = load float*, float** %16, align 8
  %18 = load float, float* %2, align 4
  %19 = insertelement <8 x float> poison, float %18, i32 0
  %20 = shufflevector <8 x float> %19, <8 x float> poison, <8 x i32> zeroinitializer
  br label %21

21:                                               ; preds = %21, %11
  %22 = phi i64 [ 0, %11 ], [ %47, %21 ]
  %23 = getelementptr inbounds float, float* %15, i64 %22
  %24 = bitcast float* %23 to <8 x float>*
  %25 = load <8 x float>, <8 x float>* %24, align 4
  %26 = getelementptr inbounds float, float* %23, i64 8
  %27 = bitcast float* %26 to <8 x float>*
  %28 = load <8 x float>, <8 x float>* %27, align 4
  %29 = getelementptr inbounds float, float* %17, i64 %22
  %30 = bitcast float* %29 to <8 x float>*
  %31 = load <8 x float>, <8 x float>* %30, align 4
  %32 = getelementptr inbounds float, float* %29, i64 8
  %33 = bitcast float* %32 to <8 x float>*
  %34 = load <8 x float>, <8 x float>* %33, align 4
  %35 = call <8 x float> @llvm.fma.v8f32(<8 x float> %25, <8 x float> %31, <8 x float> %20)
  %36 = call <8 x float> @llvm.fma.v8f32(<8 x float> %28, <8 x float> %34, <8 x float> %20)
  %37 = fdiv <8 x float> %25, %31
  %38 = fdiv <8 x float> %28, %34
  %39 = getelementptr inbounds float, float* %12, i64 %22
  %40 = bitcast float* %39 to <8 x float>*
  store <8 x float> %35, <8 x float>* %40, align 4
  %41 = getelementptr inbounds float, float* %39, i64 8
  %42 = bitcast float* %41 to <8 x float>*
  store <8 x float> %36, <8 x float>* %42, align 4
  %43 = getelementptr inbounds float, float* %14, i64 %22
  %44 = bitcast float* %43 to <8 x float>*
  store <8 x float> %37, <8 x float>* %44, align 4
  %45 = getelementptr inbounds float, float* %43, i64 8
  %46 = bitcast float* %45 to <8 x float>*
  store <8 x float> %38, <8 x float>* %46, align 4
  %47 = add i64 %22, 16
  %48 = icmp ult i64 %47, %0
  br i1 %48, label %21, label %49

49:                                               ; preds = %21
  br label %10
}
